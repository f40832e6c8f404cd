import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startPostgres, type ThrowAwayPostgres } from '@/tests/support/postgres';
import { maintain } from './support/old-weeks';
import { makeOrganization, makeWebhook, offerAccepted } from './support/tenant';
import { startWorker } from './support/worker';
import { openPostgresWorld, type World } from './support/world';

/** How weekly partitions come and go, and that nobody else waits for it. */

const WEEKS = 13;
let postgres: ThrowAwayPostgres;
let world: World;

beforeAll(async () => {
  postgres = await startPostgres();
  world = await openPostgresWorld(postgres.url);
  await world.sql(`select private.ensure_partitions(now() - interval '${WEEKS} weeks', now())`);
});
afterAll(async () => {
  await world?.close();
  await postgres?.stop();
});

const nameRow = z.object({ name: z.string() });
async function names(): Promise<string[]> {
  const rows = await world.sql(
    `select relname::text as name from pg_class where relnamespace = 'partitions'::regnamespace and relkind = 'r' order by 1`,
  );
  return nameRow
    .array()
    .parse(rows)
    .map(({ name }) => name);
}

describe('partitions', () => {
  it('are made ahead, once', async () => {
    const before = await names();
    await maintain(world, 3650, `now() + interval '5 weeks'`);
    const after = await names();
    expect(after.length).toBe(before.length + 15);
    await maintain(world, 3650, `now() + interval '5 weeks'`);
    expect(await names()).toEqual(after);
  });

  it('past retention are dropped whole, and what is younger stays', async () => {
    const organization = await makeOrganization(world);
    await makeWebhook(world, organization, { url: 'http://127.0.0.1:9/' });
    const worker = startWorker(world, { places: 0 });
    await worker.publish(organization, offerAccepted());
    await worker.close();
    await maintain(world, 30);
    const weeksOf = async (table: string) => (await names()).filter((name) => name.startsWith(table)).length;
    // 30 days begin in the fifth week before this one; nine more were made ahead.
    expect(await weeksOf('webhook_deliveries')).toBe(5 + 1 + 9);
    expect(await weeksOf('webhook_attempts')).toBe(5 + 1 + 9);
    expect(await weeksOf('webhook_events')).toBe(5 + 1 + 9);
    expect(await world.sql('select from public.webhook_deliveries')).toHaveLength(1);
  });

  it('that somebody reads are left for the next time, and nobody waits for them', async () => {
    const [first] = (await names()).filter((name) => name.startsWith('webhook_events'));
    const reader = await openPostgresWorld(postgres.url);
    const held = reader.sql(`select pg_sleep(1.5), count(*) from partitions.${first}`);
    await sleep(300);
    const startedAt = performance.now();
    const busy = await maintain(world, 1, `now() + interval '1 day'`);
    expect(performance.now() - startedAt).toBeLessThan(1_400);
    expect(busy).toContain(first);
    expect(await names()).toContain(first);
    await held;
    await maintain(world, 1, `now() + interval '1 day'`);
    expect(await names()).not.toContain(first);
    await reader.close();
  });
});
