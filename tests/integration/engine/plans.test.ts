import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres, type ThrowAwayPostgres } from '@/tests/support/postgres';
import { makeOrganization, makeWebhook, offerAccepted } from './support/tenant';
import { startWorker } from './support/worker';
import { openPostgresWorld, type World } from './support/world';

/** How the tables are read when there are many partitions. */

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
