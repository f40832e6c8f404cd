/** The server's own calls go straight to the database: with the same answers. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmbedded } from '../../../lib/supabase/embedded/client';
import type { Embedded } from '../../../lib/supabase/embedded/types';
import { type Rpc, rpcOfBackend } from '../../../lib/supabase/rpc';
import { newId } from '../../../lib/webhooks/new-id';
import { clientOf, optionsFor, temporaryFolder } from './support';

const migrations = path.resolve(import.meta.dirname, '../../../supabase/migrations');
let backend: Embedded;

beforeAll(async () => {
  backend = await startEmbedded(optionsFor(temporaryFolder(), { migrations }));
});

afterAll(() => backend?.close());

const server = () => clientOf(backend, backend.keys.secretKey);
const rpc: Rpc = (name, args) => rpcOfBackend(backend.call)(name, args);

test('answers objects, numbers, words, identifiers and null', async () => {
  const backlog = await rpc('delivery_backlog', {});
  expect(backlog).toEqual({ data: { due: 0, retrying: 0, oldestDueSeconds: 0 }, error: null });
  expect((await rpc('release_deliveries', { p_leases: [] })).data).toBe(0);
  const sweep = { p_holder: randomUUID(), p_tick: 1, p_ttl_ms: 1000, p_now: undefined };
  expect((await rpc('take_sweep', sweep)).data).toBe('held');
  expect((await rpc('resolve_api_key', { p_key_hash: 'none' })).data).toBeNull();
});

test('tells an error as the Data API does', async () => {
  const missing = { p_organization_id: randomUUID(), p_delivery_id: randomUUID(), p_leases: {} };
  for (const args of [missing, { ...missing, p_delivery_id: 'x' }]) {
    const direct = await rpc('lease_delivery', args);
    const { error } = await server().rpc('lease_delivery', args);
    expect(direct.data).toBeNull();
    expect(direct.error).toEqual({ code: error?.code, message: error?.message });
  }
  expect((await backend.call({ name: 'delivery_backlog', values: { p_other: '1' } })).ok).toBe(false);
});

test('takes text as text, whatever it looks like', async () => {
  const organization = await server().from('organizations').insert({ name: "O'Neil" }).select('id').single();
  const made = await rpc('create_webhook', {
    p_organization_id: organization.data?.id,
    p_webhook: {
      contract: 'bpoc',
      url: 'https://example.com/{"a":1}',
      events: ['*'],
      description: '"\\u0041"',
    },
    p_secret: '{"not": "json"}',
  });
  expect(made.error).toBeNull();
  const { data } = await server().from('webhooks').select('description').eq('id', made.data).single();
  expect(data?.description).toBe('"\\u0041"');
});

test('takes lists as lists, whatever is in them', async () => {
  const organization = await server().from('organizations').insert({ name: 'Lists' }).select('id').single();
  const texts = ['plain', 'NULL', 'null', '', ' ', 'a,b', '{a}', '"', '\\\\', "'", 'é\u2028😀', '\t', null];
  const ids = texts.map(() => newId(new Date()));
  const nothing = texts.map(() => null);
  const answer = await rpc('publish_events', {
    p_publishers: [{ organization_id: organization.data?.id }],
    p_publisher_of: texts.map(() => 1),
    p_ids: ids,
    p_types: texts.map(() => 'offer.sent'),
    p_data: texts.map((one) => JSON.stringify({ one })).join('\n'),
    p_occurred_at: texts.map(() => '2026-01-22T10:30:00.000Z'),
    p_user_ids: texts,
    p_candidate_ids: texts,
    p_application_ids: nothing,
    p_job_ids: nothing,
    p_idempotency_keys: nothing,
    p_content_hashes: nothing,
    p_keys: {},
    p_leases: {},
  });
  expect(answer).toMatchObject({ error: null, data: { deliveries: texts.map(() => 0), exceptions: [] } });
  const { data } = await server().from('webhook_events').select('id, user_id, data').in('id', ids);
  const stored = new Map(data?.map(({ id, ...row }) => [id, row]));
  const expected = texts.map((one) => ({ user_id: one, data: JSON.stringify({ one }) }));
  expect(ids.map((id) => stored.get(id))).toEqual(expected);
});

test('knows no function that anybody but the server may call, nor any that is none of ours', async () => {
  for (const name of [
    'webhook_days',
    'pg_sleep',
    'delivery_backlog(); select pg_sleep',
    'no_such_function',
  ]) {
    expect(await backend.call({ name, values: {} })).toMatchObject({ ok: false, code: 'PGRST202' });
  }
});

test('is told that nobody can say, once the backend is closed', async () => {
  const other = await startEmbedded(optionsFor(temporaryFolder(), { migrations }));
  await other.close();
  expect(await other.call({ name: 'delivery_backlog', values: {} })).toMatchObject({
    ok: false,
    code: '08006',
  });
});
