import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startPostgres, type ThrowAwayPostgres } from '@/tests/support/postgres';
import { whileOpen } from './support/held';
import { maintain, maintainOnce } from './support/old-weeks';
import { makeOrganization, makeWebhook, offerAccepted } from './support/tenant';
import { startWorker } from './support/worker';
import { openMemoryWorld, openPostgresWorld, type World } from './support/world';

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
async function names(of = world): Promise<string[]> {
  const rows = await of.sql(
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
    await maintain(world, 28);
    const weeksOf = async (table: string) => (await names()).filter((name) => name.startsWith(table)).length;
    // 28 days begin in the fourth week before this one on every day of the week; nine were made ahead.
    expect(await weeksOf('webhook_deliveries')).toBe(4 + 1 + 9);
    expect(await weeksOf('webhook_attempts')).toBe(4 + 1 + 9);
    expect(await weeksOf('webhook_events')).toBe(4 + 1 + 9);
    expect(await world.sql('select from public.webhook_deliveries')).toHaveLength(1);
  });

  it('that somebody reads are left for the next time, and nobody waits for them', async () => {
    const [first] = (await names()).filter((name) => name.startsWith('webhook_events'));
    // The reader ends after the maintenance: waiting for it would have no end.
    const busy = await whileOpen(postgres.url, [`select from partitions.${first}`], () =>
      maintain(world, 1, `now() + interval '1 day'`),
    );
    expect(busy).toContain(first);
    expect(await names()).toContain(first);
    await maintain(world, 1, `now() + interval '1 day'`);
    expect(await names()).not.toContain(first);
  });
});

it('come and go on PGlite alike', async () => {
  const memory = await openMemoryWorld();
  await memory.sql(`select private.ensure_partitions(now() - interval '${WEEKS} weeks', now())`);
  expect(await maintain(memory, 7, `now() + interval '1 week'`)).toEqual([]);
  // The 7 days begin in this week; that day's and four ahead of it follow.
  expect(await names(memory)).toHaveLength((1 + 1 + 4) * 3);
  await memory.close();
});

describe('a call of maintain_partitions', () => {
  it('tries the oldest partition of each table alone, so that a report that reads them holds nobody up twice', async () => {
    await world.sql(`select private.ensure_partitions(now() - interval '20 weeks', now())`);
    const tables = ['webhook_attempts', 'webhook_deliveries', 'webhook_events'];
    const oldest = await Promise.all(
      tables.map(async (table) => (await names()).find((name) => name.startsWith(table))),
    );
    const report = tables.map((table) => `select from public.${table} limit 1`);
    const done = await whileOpen(postgres.url, report, () => maintainOnce(world, 30));
    expect(done).toMatchObject({ dropped: [], busy: oldest, more: false });
    await maintain(world, 30);
    expect((await names()).filter((name) => oldest.includes(name))).toEqual([]);
  });

  it('does without an idempotency key that somebody is writing', async () => {
    const organization = await makeOrganization(world);
    const keys = async () => {
      const rows = await world.sql('select key as name from public.webhook_idempotency_keys order by 1');
      return nameRow
        .array()
        .parse(rows)
        .map(({ name }) => name);
    };
    await world.sql(
      `insert into public.webhook_idempotency_keys (organization_id, key, event_id, content_hash, created_at)
       select $1::uuid, key, gen_random_uuid(), '', now() - interval '8 days' from unnest(array['idle', 'written']) as key`,
      [organization],
    );
    const write = `update public.webhook_idempotency_keys set content_hash = 'x' where key = 'written'`;
    await whileOpen(postgres.url, [write], () => maintainOnce(world));
    expect(await keys()).toEqual(['written']);
    await maintainOnce(world);
    expect(await keys()).toEqual([]);
  });

  it('may meet others: together they do what one does', async () => {
    const worlds = await Promise.all([1, 2, 3].map(() => openPostgresWorld(postgres.url)));
    const later = `now() + interval '30 weeks'`;
    await Promise.all([world, ...worlds].map((one) => maintain(one, 90, later)));
    await maintain(world, 90, later);
    // Of what there was everything is past retention; that week and four ahead of it are new.
    expect(await names()).toHaveLength((1 + 4) * 3);
    await Promise.all(worlds.map((one) => one.close()));
  });
});
