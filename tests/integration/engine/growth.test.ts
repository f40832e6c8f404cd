import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { outcomeColumns } from '@/lib/webhooks/columns';
import type { Outcome } from '@/lib/webhooks/types';
import { startPostgres, type ThrowAwayPostgres } from '@/tests/support/postgres';
import { openExplained } from './support/explained';
import { publishStatement, statementOf } from './support/statement';
import { makeOrganization, makeWebhook } from './support/tenant';
import { openPostgresWorld, type World } from './support/world';

/**
 * What a call looks at does not grow with the tables: with plans that were made while they were empty and statistics that
 * nobody took, which is how a new deployment begins.
 */

const ROWS = 20_000;
/** A handful for each of what the call is about; a table that is read from end to end is far beyond. */
const FEW = 60;
const LEASES = { bpoc: 60000 };
const KEYS = { 'offer.sent': ['bpoc:*'] };

let postgres: ThrowAwayPostgres;
let world: World;
let session: Awaited<ReturnType<typeof openExplained>>;
let organization: string;
let calls = 0;

const publishedRow = z.object({
  answer: z.object({
    token: z.string(),
    leased: z.record(z.string(), z.object({ ids: z.array(z.string()) })),
  }),
});

/** The publish of one event under a new idempotency key. */
function publish(): string {
  const event = { organization_id: organization, type: 'offer.sent', content_hash: 'h' };
  return publishStatement(
    { ...event, idempotency_key: `key ${++calls}` },
    { keys: KEYS, leases: LEASES, most: 10 },
  );
}

const outcome = (id: string, token: string): Outcome => ({
  id,
  token,
  number: 1,
  status: 'success',
  sent: '{}',
  started_at: new Date().toISOString(),
  duration_ms: 1,
  url: 'http://127.0.0.1:9/',
  status_code: 200,
  error_class: null,
  error: null,
  address: null,
  request_headers: {},
  response_headers: null,
  response_body: null,
  response_truncated: false,
});

async function leaseOne() {
  const [row] = await world.sql(publish());
  const { answer } = publishedRow.parse(row);
  const [id] = Object.values(answer.leased).flatMap(({ ids }) => ids);
  if (!id) throw new Error('nothing was leased');
  return outcome(id, answer.token);
}

beforeAll(async () => {
  postgres = await startPostgres(['-c', 'autovacuum=off']);
  world = await openPostgresWorld(postgres.url);
  organization = await makeOrganization(world);
  await makeWebhook(world, organization, { url: 'http://127.0.0.1:9/' });
  session = await openExplained(postgres.url);
  // Plans are made now.
  await measured();
  await world.sql(`
    insert into public.webhook_idempotency_keys (organization_id, key, event_id, content_hash, created_at)
    select '${organization}', 'other ' || n, gen_random_uuid(), 'h', now() from generate_series(1, ${ROWS}) as n`);
  const other = await makeOrganization(world);
  await world.sql(`
    insert into public.webhooks (organization_id, contract, url, events)
    select '${other}', 'bpoc', 'http://127.0.0.1:9/', '{*}' from generate_series(1, 5000)`);
  await world.sql(`
    with made as (
      insert into public.webhook_events (id, organization_id, type, data, occurred_at, created_at)
      select (left(private.uuid_v7_floor(now() - n * interval '1 second')::text, 14) || '7' || right(gen_random_uuid()::text, 21))::uuid,
        '${organization}', 'offer.sent', '{}', now(), now() from generate_series(1, ${ROWS}) as n
      returning id
    ), delivered as (
      insert into public.webhook_deliveries (id, organization_id, webhook_id, event_id, event_type, status, attempts, created_at)
      select private.delivery_id(id), '${organization}', gen_random_uuid(), id, 'offer.sent', 'success', 1, now() from made
      returning id, webhook_id
    )
    insert into public.webhook_attempts (delivery_id, number, organization_id, webhook_id, started_at, duration_ms, url, request_headers)
    select id, 1, '${organization}', webhook_id, now(), 1, 'http://127.0.0.1:9/', '{}' from delivered`);
});

afterAll(async () => {
  await session?.close();
  await world?.close();
  await postgres?.stop();
});

/** What each statement of the three calls looked at, by its beginning. */
async function measured(): Promise<Record<string, number>> {
  const recorded = await leaseOne();
  await leaseOne();
  const found = [
    ...(await session.explain(publish())),
    ...(await session.explain(
      statementOf('record_attempts', { ...outcomeColumns([recorded]), p_rules: {} }),
    )),
    ...(await session.explain(
      `select public.claim_due_deliveries(10, 10, '${JSON.stringify(LEASES)}', '{}', null, now() + interval '1 hour')`,
    )),
    ...(await session.explain('select public.delivery_backlog()')),
  ];
  const looked: Record<string, number> = {};
  for (const { query, looked: rows } of found)
    looked[query.slice(0, 60)] = Math.max(looked[query.slice(0, 60)] ?? 0, rows);
  return looked;
}

it('publish, record, claim and backlog look at a few rows, however many there are', async () => {
  const looked = await measured();
  expect(Object.keys(looked).length).toBeGreaterThan(8);
  expect(Object.entries(looked).filter(([, rows]) => rows > FEW)).toEqual([]);
});
