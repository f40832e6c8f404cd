import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startPostgres, type ThrowAwayPostgres } from '@/tests/support/postgres';
import { makeOrganization, makeWebhook, offerAccepted } from './support/tenant';
import { startWorker } from './support/worker';
import { openPostgresWorld, type World } from './support/world';

/** How the tables are read when there are many partitions, and how partitions come and go. */

const WEEKS = 13;
let postgres: ThrowAwayPostgres;
let world: World;
let webhook: string;
let delivery: string;
let event: string;

beforeAll(async () => {
  postgres = await startPostgres();
  world = await openPostgresWorld(postgres.url);
  await world.sql(`
    create function private.plan_of(p_statement text) returns setof text language plpgsql
    set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off
    as $$ begin return query execute 'explain (costs off) ' || p_statement; end $$`);
  await world.sql(`select private.ensure_partitions(now() - interval '${WEEKS} weeks', now())`);
  const organization = await makeOrganization(world);
  webhook = (await makeWebhook(world, organization, { url: 'http://127.0.0.1:9/' })).id;
  const worker = startWorker(world, { places: 0 });
  await worker.publish(organization, offerAccepted());
  await worker.close();
  const [row] = await world.sql('select id::text, event_id::text from public.webhook_deliveries');
  delivery = String(row?.id);
  event = String(row?.event_id);
});

afterAll(async () => {
  await world?.close();
  await postgres?.stop();
});

/** The plan of a statement. Tables as small as a test's are read whole and sorted: what is asked is whether an index can serve. */
async function plan(statement: string): Promise<string> {
  const rows = await world.sql('select line from private.plan_of($1) as line', [statement]);
  return rows.map(({ line }) => String(line)).join('\n');
}

const partitionsIn = (text: string) =>
  new Set(text.match(/webhook_(events|deliveries|attempts)_\d{4}w\d{2}/g)).size;

describe('one partition is touched', () => {
  it.each([
    ['an event by its id', () => `select * from public.webhook_events where id = '${event}'`],
    ['a delivery by its id', () => `select * from public.webhook_deliveries where id = '${delivery}'`],
    [
      'the attempts of a delivery',
      () => `select * from public.webhook_attempts where delivery_id = '${delivery}'`,
    ],
    [
      'who was told of an event',
      () =>
        `select * from public.webhook_deliveries where event_id = '${event}'
           and id between private.first_delivery_id('${event}') and private.last_delivery_id('${event}')`,
    ],
    [
      'the state of a delivery',
      () => `update public.webhook_deliveries set status = status where id = '${delivery}'`,
    ],
    [
      'what happened since an hour',
      () =>
        `select * from public.webhook_deliveries where id >= private.uuid_v7_floor('2100-01-01')
           or id = '${delivery}'`,
    ],
  ])('by %s', async (_, statement) => {
    expect(partitionsIn(await plan(statement()))).toBe(1);
  });
});

describe('an index answers, in every partition', () => {
  it.each([
    [
      'which webhook has something open next',
      'webhook_id_next_attempt_at',
      () =>
        `select webhook_id from public.webhook_deliveries
         where status in ('pending', 'retrying') and webhook_id > '${webhook}' order by webhook_id limit 1`,
    ],
    [
      'what of a webhook is due',
      'webhook_id_next_attempt_at',
      () =>
        `select id from public.webhook_deliveries where webhook_id = '${webhook}'
         and status in ('pending', 'retrying') and next_attempt_at <= now() order by next_attempt_at limit 8`,
    ],
    [
      'a page of a webhook’s history',
      'webhook_id_id_idx',
      () =>
        `select id from public.webhook_deliveries where webhook_id = '${webhook}' order by id desc limit 20`,
    ],
    [
      'a page of what failed',
      'webhook_id_status_id_idx',
      () =>
        `select id from public.webhook_deliveries where webhook_id = '${webhook}' and status = 'failed'
         order by id desc limit 20`,
    ],
    [
      'a page of one event type, however rare',
      'webhook_id_event_type_id_idx',
      () =>
        `select id from public.webhook_deliveries where webhook_id = '${webhook}' and event_type = 'offer.sent'
         order by id desc limit 20`,
    ],
  ])('%s', async (_, index, statement) => {
    const text = await plan(statement());
    expect(text).not.toContain('Seq Scan');
    expect(text).not.toMatch(/->\s+Sort\b/);
    expect(text).toContain(index);
  });
});

describe('partitions', () => {
  const names = async () => {
    const rows = await world.sql(
      `select relname::text as name from pg_class where relnamespace = 'partitions'::regnamespace and relkind = 'r'`,
    );
    return rows.map(({ name }) => String(name));
  };
  const doneRow = z.object({ done: z.object({ busy: z.array(z.string()), more: z.boolean() }) });
  /** Calls again while there is more, as the sweep does; answers what was busy at any time. */
  async function maintain(days: number, at: string): Promise<string[]> {
    const busy: string[] = [];
    for (;;) {
      const [row] = await world.sql(`select public.maintain_partitions(${days}, 4, ${at}) as done`);
      const { done } = doneRow.parse(row);
      busy.push(...done.busy);
      if (!done.more) return busy;
    }
  }

  it('are made ahead, once', async () => {
    const before = await names();
    await maintain(3650, `now() + interval '5 weeks'`);
    const after = await names();
    expect(after.length).toBe(before.length + 15);
    await maintain(3650, `now() + interval '5 weeks'`);
    expect(await names()).toEqual(after);
  });

  it('past retention are dropped whole, and what is younger stays', async () => {
    await maintain(30, 'now()');
    const weeksOf = async (table: string) => (await names()).filter((name) => name.startsWith(table)).length;
    // 30 days begin in the fifth week before this one; nine more were made ahead.
    expect(await weeksOf('webhook_deliveries')).toBe(5 + 1 + 9);
    expect(await weeksOf('webhook_attempts')).toBe(5 + 1 + 9);
    expect(await weeksOf('webhook_events')).toBe(5 + 1 + 9);
    expect(await world.sql(`select 1 from public.webhook_deliveries where id = '${delivery}'`)).toHaveLength(
      1,
    );
  });

  it('that somebody reads are left for the next time, and nobody waits for them', async () => {
    const [first] = (await names()).filter((name) => name.startsWith('webhook_events')).sort();
    const reader = await openPostgresWorld(postgres.url);
    const held = reader.sql(`select pg_sleep(1.5), count(*) from partitions.${first}`);
    await new Promise((done) => setTimeout(done, 300));
    const startedAt = performance.now();
    const busy = await maintain(1, `now() + interval '1 day'`);
    expect(performance.now() - startedAt).toBeLessThan(1_400);
    expect(busy).toContain(first);
    expect(await names()).toContain(first);
    await held;
    await maintain(1, `now() + interval '1 day'`);
    expect(await names()).not.toContain(first);
    await reader.close();
  });
});
