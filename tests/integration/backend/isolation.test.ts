import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmbedded } from '../../../lib/supabase/embedded/client';
import { openEmbedded } from '../../../lib/supabase/embedded/open';
import type { Embedded } from '../../../lib/supabase/embedded/types';
import { startPostgres, type ThrowAwayPostgres } from '../../support/postgres';
import { clientOf, optionsFor, temporaryFolder } from './support';

const postgres: { current?: ThrowAwayPostgres } = {};
const backends: Record<string, Embedded> = {};

beforeAll(async () => {
  postgres.current = await startPostgres();
  backends.pglite = await startEmbedded(optionsFor(temporaryFolder()));
  backends.postgres = await startEmbedded(
    optionsFor(temporaryFolder(), { databaseUrl: postgres.current.url }),
  );
});

afterAll(async () => {
  for (const backend of Object.values(backends)) await backend.close();
  await postgres.current?.stop();
});

function opened(kind: string): Embedded {
  const backend = backends[kind];
  if (!backend) throw new Error(`${kind} did not open`);
  return backend;
}

const KINDS = ['pglite', 'postgres'];

test.each(KINDS)('%s: concurrent requests never get each other’s rights, and lose no write', async (kind) => {
  const backend = opened(kind);
  const server = clientOf(backend, backend.keys.secretKey);
  const anybody = clientOf(backend, backend.keys.publishableKey);
  await server.from('notes').insert([{ body: 'open to all' }, { body: 'closed' }]);

  const reads = Array.from({ length: 200 }, async () => {
    const { data, error } = await anybody.from('notes').select('body').order('id');
    expect(error).toBeNull();
    return data?.map(({ body }) => body);
  });
  const serverReads = Array.from({ length: 100 }, () => server.rpc('whoami'));
  const writes = Array.from({ length: 30 }, (_, number) =>
    server.from('notes').insert({ body: `kept ${number}` }),
  );
  const refusals = Array.from({ length: 30 }, () => server.rpc('refuse', { p_word: 'no' }));

  for (const bodies of await Promise.all(reads)) expect(bodies).toEqual(['open to all']);
  for (const { data } of await Promise.all(serverReads)) expect(data).toBe('service_role:POST');
  for (const { error } of await Promise.all(writes)) expect(error).toBeNull();
  for (const { error } of await Promise.all(refusals)) expect(error?.code).toBe('P0001');
  const { count } = await server
    .from('notes')
    .select('*', { count: 'exact', head: true })
    .like('body', 'kept %');
  expect(count).toBe(30);
});

test('pglite: transactions that begin at the same moment do not run into each other', async () => {
  // In this thread: messages to another would come one by one, and hide what is to be seen.
  const backend = await openEmbedded(optionsFor(temporaryFolder()));
  const server = clientOf(backend, backend.keys.secretKey);
  const anybody = clientOf(backend, backend.keys.publishableKey);
  await server.from('notes').insert([{ body: 'open to all' }, { body: 'closed' }]);
  for (const last of [server, anybody]) {
    const first = last === server ? anybody : server;
    const asked = Array.from({ length: 200 }, (_, number) => (number % 2 ? last : first));
    const seen = await Promise.all(asked.map((client) => client.from('notes').select('body').order('id')));
    seen.forEach(({ data }, number) => {
      expect(data?.length).toBe(asked[number] === server ? 2 : 1);
    });
  }
  const writes = await Promise.all(
    Array.from({ length: 30 }, (_, number) =>
      Promise.all([
        server.from('notes').insert({ body: `kept ${number}` }),
        anybody.from('notes').select('body'),
      ]),
    ),
  );
  const { count } = await server
    .from('notes')
    .select('*', { count: 'exact', head: true })
    .like('body', 'kept %');
  await backend.close();
  expect(writes.map(([{ status }]) => status)).toEqual(Array(30).fill(201));
  expect(count).toBe(30);
});

test.each(KINDS)('%s: a column that a migration did not grant stays unreadable', async (kind) => {
  const backend = opened(kind);
  const anybody = clientOf(backend, backend.keys.publishableKey);
  expect((await anybody.from('notes').select('id, body, written_at')).error).toBeNull();
  expect((await anybody.from('notes').select('secret')).error?.code).toBe('42501');
  expect((await anybody.from('notes').select('*')).error?.code).toBe('42501');
  expect((await anybody.from('notes').insert({ body: 'mine' })).error?.code).toBe('42501');
});

test.each(KINDS)(
  '%s: a new table of public is the server’s alone, with row level security or without',
  async (kind) => {
    const backend = opened(kind);
    const anybody = clientOf(backend, backend.keys.publishableKey);
    const { data } = await anybody.auth.signUp({ email: 'somebody@hirehook.local', password: 'long enough' });
    expect(data.session?.access_token).toBeTypeOf('string');
    const user = clientOf(backend, backend.keys.publishableKey, data.session?.access_token);
    const server = clientOf(backend, backend.keys.secretKey);
    expect((await user.rpc('whoami')).data).toBe('authenticated:POST');
    for (const table of ['ungranted', 'ungranted_with_rls']) {
      expect((await anybody.from(table).select()).error?.code).toBe('42501');
      expect((await user.from(table).select()).error?.code).toBe('42501');
      expect((await server.from(table).select()).data).toEqual([{ id: 1 }]);
    }
  },
);

test.each(KINDS)('%s: no key, a wrong key and a forged token are refused', async (kind) => {
  const backend = opened(kind);
  const ask = (headers: Record<string, string>) =>
    backend.handle(new Request('http://localhost/rest/v1/notes?select=body', { headers }));
  expect((await ask({})).status).toBe(401);
  expect((await ask({ apikey: 'sb_secret_guess' })).status).toBe(401);
  const token = (signature: string) =>
    [
      { alg: 'HS256', typ: 'JWT' },
      { role: 'service_role', sub: 'x' },
    ]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .concat(signature)
      .join('.');
  const asking = (signature: string) =>
    ask({ apikey: backend.keys.publishableKey, authorization: `Bearer ${token(signature)}` });
  expect((await asking('Zm9yZ2Vk')).status).toBe(401);
  // Without a signature it is no token at all: the publishable key decides, and that is nobody.
  expect(await (await asking('')).json()).toEqual([{ body: 'open to all' }]);
});

test.each(KINDS)('%s: times come in ISO 8601, and errors with PostgREST’s statuses', async (kind) => {
  const backend = opened(kind);
  const server = clientOf(backend, backend.keys.secretKey);
  const { data } = await server.from('notes').insert({ body: 'timed' }).select('written_at').single();
  expect(data?.written_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/);
  const refused = await server.rpc('refuse', { p_word: 'this' });
  expect([refused.status, refused.error?.code, refused.error?.message]).toEqual([
    400,
    'P0001',
    'refused: this',
  ]);
  const conflict = await server.rpc('conflict');
  expect([conflict.status, conflict.error?.message]).toEqual([409, 'already there']);
  const invalid = await server.from('notes').insert({ body: '' });
  expect([invalid.status, invalid.error?.code]).toEqual([400, '23514']);
  const twice = await server.from('ungranted').insert({ id: 1 });
  expect([twice.status, twice.error?.code]).toEqual([409, '23505']);
});

test('postgres: requests run beside each other', async () => {
  const backend = opened('postgres');
  const server = clientOf(backend, backend.keys.secretKey);
  const begun = performance.now();
  const naps = await Promise.all(Array.from({ length: 8 }, () => server.rpc('nap', { p_seconds: 0.5 })));
  for (const { error } of naps) expect(error).toBeNull();
  expect(performance.now() - begun).toBeLessThan(2500);
});
