import { expect, it } from 'vitest';
import { createBudget } from './budget';

it('lets many small ones in, and few large ones', () => {
  const small = createBudget(1_000_000);
  for (let n = 0; n < 100; n += 1) small.add('w', 1_000);
  expect(small.fits).toBeGreaterThan(850);
  const large = createBudget(1_000_000);
  for (let n = 0; n < 3; n += 1) large.add('w', 250_000);
  expect(large.fits).toBeLessThanOrEqual(2);
  large.add('w', 250_000);
  expect(large.fits).toBe(0);
});

it('has room again for what is gone', () => {
  const budget = createBudget(10_000);
  for (let n = 0; n < 10; n += 1) budget.add('w', 1_000);
  expect(budget.fits).toBe(0);
  for (let n = 0; n < 10; n += 1) budget.remove('w', 1_000);
  expect(budget.fits).toBeGreaterThanOrEqual(9);
});

it('without a limit has room for any number', () => {
  expect(createBudget(Number.POSITIVE_INFINITY).fits).toBe(Number.POSITIVE_INFINITY);
});

it('keeps room for others, however much one webhook holds', () => {
  const budget = createBudget(900_000);
  while (budget.fitsOf('a') > 0) budget.add('a', 100_000);
  while (budget.fitsOf('b') > 0) budget.add('b', 100_000);
  expect([budget.fitsOf('a'), budget.fitsOf('b')]).toEqual([0, 0]);
  expect(budget.fitsOf('c')).toBeGreaterThan(0);
  expect(budget.fits).toBeGreaterThanOrEqual(3);
});
