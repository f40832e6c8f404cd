import { afterAll, beforeAll, expect, it } from 'vitest';
import { measureRetention } from '@/bench/scenarios/retention';
import { startPostgres, type ThrowAwayPostgres } from '@/tests/support/postgres';
import { openPostgresWorld } from './support/world';

/** The benchmark's measure, at a tenth of its size. */

const DELIVERIES = 100_000;
const LONGEST_MS = 100;
let postgres: ThrowAwayPostgres;

beforeAll(async () => {
  postgres = await startPostgres();
  await (await openPostgresWorld(postgres.url)).close();
});
afterAll(() => postgres?.stop());

it(`no publish takes longer than ${LONGEST_MS} ms while ${DELIVERIES} deliveries are dropped, nor while they cannot be`, async () => {
  const { partitionRead, tableRead, dropping } = await measureRetention(postgres.url, DELIVERIES);
  for (const { count, longestMs } of [partitionRead, tableRead, dropping]) {
    expect(count).toBeGreaterThan(0);
    expect(longestMs).toBeLessThanOrEqual(LONGEST_MS);
  }
});
