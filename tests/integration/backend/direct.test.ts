/** The server's own calls go straight to the database: with the same answers, and for nobody else. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmbedded } from '../../../lib/supabase/embedded/client';
import type { Embedded } from '../../../lib/supabase/embedded/types';
import { clientOf, optionsFor, temporaryFolder } from './support';

const migrations = path.resolve(import.meta.dirname, '../../../supabase/migrations');
let backend: Embedded;

beforeAll(async () => {
  backend = await startEmbedded(optionsFor(temporaryFolder(), { migrations }));
});

afterAll(() => backend?.close());

const server = () => clientOf(backend, backend.keys.secretKey);

test('answers objects, numbers, words and null', async () => {
  const client = server();
  const backlog = await client.rpc('delivery_backlog', {});
  expect(backlog.data).toEqual({ due: 0, retrying: 0, oldestDueSeconds: 0 });
  expect((await client.rpc('release_deliveries', { p_leases: [] })).data).toBe(0);
  const sweep = { p_holder: randomUUID(), p_tick: 1, p_ttl_ms: 1000, p_now: null };
  expect((await client.rpc('take_sweep', sweep)).data).toBe('held');
  expect((await client.rpc('resolve_api_key', { p_key_hash: 'none' })).data).toBeNull();
});

test('tells an error as the Data API does', async () => {
  const missing = { p_organization_id: randomUUID(), p_delivery_id: randomUUID(), p_leases: {} };
  const refused = await server().rpc('lease_delivery', missing);
  expect(refused.status).toBe(404);
  expect(refused.error).toMatchObject({ code: 'PT404', message: 'No such delivery.' });
  const malformed = await server().rpc('lease_delivery', { ...missing, p_delivery_id: 'x' });
  expect(malformed.status).toBe(400);
  expect(malformed.error?.code).toBe('22P02');
  const unknown = await server().rpc('delivery_backlog', { p_other: 1 });
  expect(unknown.error?.code).toBe('PGRST202');
});

test('takes text as text, whatever it looks like', async () => {
  const organization = await server().from('organizations').insert({ name: "O'Neil" }).select('id').single();
  const made = await server().rpc('create_webhook', {
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

test('is for the server’s key alone', async () => {
  for (const [key, token] of [
    [backend.keys.publishableKey, undefined],
    [backend.keys.publishableKey, backend.keys.secretKey.slice(0, -1)],
  ] as const) {
    const { status, error } = await clientOf(backend, key, token).rpc('delivery_backlog', {});
    expect(error).not.toBeNull();
    expect([401, 403, 404]).toContain(status);
  }
});
