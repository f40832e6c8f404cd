import { afterAll, beforeAll, expect, it } from 'vitest';
import { measureRetention } from '@/bench/scenarios/retention';
import { startPostgres, type ThrowAwayPostgres } from '@/tests/support/postgres';
import { openPostgresWorld } from './support/world';

/** The benchmark's measure, at a tenth of its size, and of waits alone: the tests beside it take the processors. */

const DELIVERIES = 100_000;
const MOST_WAIT_MS = 100;
let postgres: ThrowAwayPostgres;

beforeAll(async () => {
  postgres = await startPostgres();
  await (await openPostgresWorld(postgres.url)).close();
});
afterAll(() => postgres?.stop());

it(`no publish waits ${MOST_WAIT_MS} ms for a lock while ${DELIVERIES} deliveries are dropped, nor while they cannot be`, async () => {
  const measured = await measureRetention(postgres.url, DELIVERIES, MOST_WAIT_MS);
  for (const { count } of [measured.partitionRead, measured.tableRead, measured.dropping])
    expect(count).toBeGreaterThan(0);
});
