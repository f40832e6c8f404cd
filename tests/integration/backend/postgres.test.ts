import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmbedded } from '../../../lib/supabase/embedded/client';
import { startPostgres, type ThrowAwayPostgres } from '../../support/postgres';
import { clientOf, optionsFor, run, temporaryFolder } from './support';

let postgres: ThrowAwayPostgres;

beforeAll(async () => {
  postgres = await startPostgres();
});

afterAll(() => postgres.stop());

test('processes that start at once on an empty database make it once, and share its keys', async () => {
  const databaseUrl = await postgres.database('at_once');
  const children = [1, 2, 3].map(() => run('open.ts', optionsFor(temporaryFolder(), { databaseUrl })));
  const said = await Promise.all(children.map(({ says }) => says('ready')));
  expect(new Set(said).size).toBe(1);
  for (const { process } of children) process.kill('SIGTERM');
  expect(await Promise.all(children.map(({ ended }) => ended))).toEqual([0, 0, 0]);

  const later = await startEmbedded(optionsFor(temporaryFolder(), { databaseUrl }));
  expect(`ready ${later.keys.publishableKey}`).toBe(said[0]);
  const { data } = await clientOf(later, later.keys.secretKey).from('ungranted').select();
  await later.close();
  expect(data).toEqual([{ id: 1 }]);
});

test('no folder is taken: two backends of one folder may share a database', async () => {
  const options = optionsFor(temporaryFolder(), { databaseUrl: await postgres.database('shared') });
  const backends = [await startEmbedded(options), await startEmbedded(options)];
  const [one, other] = backends.map((backend) => clientOf(backend, backend.keys.secretKey));
  await one?.from('notes').insert({ body: 'seen by both' });
  expect((await other?.from('notes').select('body'))?.data).toEqual([{ body: 'seen by both' }]);
  for (const backend of backends) await backend.close();
  expect(fs.readdirSync(options.directory)).toEqual([]);
});

test('the keys are readable by no client role', async () => {
  const options = optionsFor(temporaryFolder(), { databaseUrl: await postgres.database('private_keys') });
  const backend = await startEmbedded(options);
  for (const key of [backend.keys.publishableKey, backend.keys.secretKey]) {
    const answer = await backend.handle(
      new Request('http://localhost/rest/v1/settings', {
        headers: { apikey: key, 'accept-profile': 'private' },
      }),
    );
    expect(answer.status).toBe(406);
  }
  await backend.close();
});

test('keys from the environment win over those in the database', async () => {
  const databaseUrl = await postgres.database('chosen_keys');
  const first = await startEmbedded(optionsFor(temporaryFolder(), { databaseUrl }));
  await first.close();
  const keys = { cronSecret: 'chosen', jwtSecret: undefined };
  const second = await startEmbedded(optionsFor(temporaryFolder(), { databaseUrl, keys }));
  await second.close();
  expect(second.keys).toEqual({ ...first.keys, cronSecret: 'chosen' });
});

test('a database that cannot be reached is said so, without its password', async () => {
  const url = 'postgres://somebody:hunter2@127.0.0.1:1/nothing';
  const opening = startEmbedded(optionsFor(temporaryFolder(), { databaseUrl: url }));
  const error = await opening.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  expect(String(error)).toContain('127.0.0.1:1');
  expect(String(error)).not.toContain('hunter2');
});

test('a database that went away is answered 503 for, and used again when it is back', async () => {
  const databaseUrl = await postgres.database('coming_and_going');
  const backend = await startEmbedded(optionsFor(temporaryFolder(), { databaseUrl }));
  const server = clientOf(backend, backend.keys.secretKey);
  for (let round = 0; round < 3; round++) {
    const busy = Array.from({ length: 20 }, () => server.rpc('nap', { p_seconds: 0.2 }));
    const cut = await server.rpc('cut_all_connections');
    expect(cut.status).toBe(503);
    for (const { status } of await Promise.all(busy)) expect([204, 503]).toContain(status);
    const until = Date.now() + 20_000;
    let answer = await server.rpc('whoami');
    while (answer.error && Date.now() < until) {
      expect(answer.status).toBe(503);
      await sleep(50);
      answer = await server.rpc('whoami');
    }
    expect(answer.data).toBe('service_role:POST');
  }
  await backend.close();
});

test('the migrations of the project itself apply', async () => {
  const migrations = path.resolve('supabase/migrations');
  const databaseUrl = await postgres.database('project');
  const backend = await startEmbedded(optionsFor(temporaryFolder(), { databaseUrl, migrations }));
  const { data, error } = await clientOf(backend, backend.keys.secretKey).from('organizations').select();
  await backend.close();
  expect([data, error]).toEqual([[], null]);
});
