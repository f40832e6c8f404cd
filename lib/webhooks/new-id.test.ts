import { expect, it } from 'vitest';
import { newId } from './new-id';

it('makes UUIDs of version 7 that carry the moment, each another', () => {
  const at = new Date('2026-11-24T10:00:00.123Z');
  const ids = Array.from({ length: 10_000 }, () => newId(at));
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(at.getTime());
  }
});

it('draws the bits that a delivery shares with its event at random', () => {
  const at = new Date();
  expect(new Set(Array.from({ length: 1000 }, () => newId(at).slice(15, 18))).size).toBeGreaterThan(500);
});
