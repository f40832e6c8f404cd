import fs from 'node:fs';
import path from 'node:path';
import { createClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningApp, spawnApp, startApp } from '../../support/app';
import { freePort, startPostgres, type ThrowAwayPostgres } from '../../support/postgres';
import { temporaryFolder } from './support';

let app: RunningApp;

beforeAll(async () => {
  app = await startApp({ env: { CRON_SECRET: 'chosen-by-the-operator' } });
});

afterAll(() => app.stop());

/** Starts what is meant to fail. */
async function failing(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const child = spawnApp({ PORT: String(await freePort()), ...env });
  let said = '';
  child.stdout?.on('data', (data) => {
    said += String(data);
  });
  child.stderr?.on('data', (data) => {
    said += String(data);
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })));
}

test('it prints how to get in, and tells scripts in a file that nobody else may read', () => {
  const { demo, directory, url } = app;
  expect(fs.statSync(path.join(directory, 'demo.json')).mode & 0o777).toBe(0o600);
  expect(demo.cronSecret).toBe('chosen-by-the-operator');
  for (const shown of [url, demo.email, demo.password, demo.apiKey]) expect(app.output()).toContain(shown);
  for (const hidden of [demo.cronSecret, demo.publishableKey]) expect(app.output()).not.toContain(hidden);
});

test('a script signs in as on Supabase, and sees its own organization and nothing more', async () => {
  const { demo, url } = app;
  const answer = await fetch(`${url}/auth/v1/token?grant_type=password`, {
    method: 'POST',
    headers: { apikey: demo.publishableKey, 'content-type': 'application/json' },
    body: JSON.stringify({ email: demo.email, password: demo.password }),
  });
  expect(answer.status).toBe(200);
  const client = createClient(url, demo.publishableKey, { auth: { persistSession: false } });
  const other = await client.auth.signUp({ email: 'other@hirehook.local', password: 'long enough' });
  expect(other.error).toBeNull();
  await client.auth.signInWithPassword({ email: demo.email, password: demo.password });
  const { data } = await client.from('organizations').select('id, name');
  expect(data).toEqual([{ id: demo.organizationId, name: 'Demo workspace' }]);
  expect((await client.from('api_keys').select('key_hash')).error?.code).toBe('42501');
});

test('the backend’s paths need a key, and take no more than 4 MiB', async () => {
  const { demo, url } = app;
  expect((await fetch(`${url}/rest/v1/organizations`)).status).toBe(401);
  const headers = { apikey: demo.publishableKey, 'content-type': 'application/json' };
  expect((await fetch(`${url}/rest/v1/organizations`, { headers })).status).toBe(401);
  const send = (body: BodyInit) => {
    const request = { method: 'POST', headers, body, duplex: 'half' };
    return fetch(`${url}/rest/v1/organizations`, request);
  };
  const allowed = JSON.stringify({ name: 'x'.repeat(4 * 1024 * 1024 - 100) });
  expect((await send(allowed)).status).toBe(401);
  const tooMuch = new Uint8Array(4 * 1024 * 1024 + 1);
  expect((await send(tooMuch)).status).toBe(413);
  expect((await send(new Blob([tooMuch]).stream())).status).toBe(413);
});

test('a second start on its folder is refused in words', async () => {
  const { code, said } = await failing({ HIREHOOK_DIR: app.directory });
  expect(said).toContain(`in use by process ${app.process.pid}`);
  expect(code).toBe(1);
});

test('an environment that will not do is named, with what it is for', async () => {
  const { code, said } = await failing({
    HIREHOOK_DIR: temporaryFolder(),
    DATABASE_URL: 'mysql://localhost/x',
    HIREHOOK_ENCRYPTION_KEY: 'short',
  });
  expect(code).toBe(1);
  expect(said).toContain(
    'DATABASE_URL (a PostgreSQL of your own, instead of the embedded one): is not a postgres:// URL',
  );
  expect(said).toContain(
    "HIREHOOK_ENCRYPTION_KEY (encrypts webhooks' secrets in the database): is not 32 bytes",
  );
});

test('SIGTERM ends it in order; SIGKILL loses nothing; both times it starts again as it was', async () => {
  const directory = temporaryFolder();
  const first = await startApp({ directory });
  const begun = performance.now();
  expect(await first.kill('SIGTERM')).toBe(143);
  expect(performance.now() - begun).toBeLessThan(10_000);
  const second = await startApp({ directory });
  await second.kill('SIGKILL');
  const third = await startApp({ directory });
  await third.stop();
  const entrance = ({ demo: { url: _, ...rest } }: RunningApp) => rest;
  expect(entrance(second)).toEqual(entrance(first));
  expect(entrance(third)).toEqual(entrance(first));
});

test('two apps that start at once on an empty PostgreSQL share one demo workspace', async () => {
  let postgres: ThrowAwayPostgres | undefined;
  const apps: RunningApp[] = [];
  try {
    postgres = await startPostgres();
    const { url } = postgres;
    apps.push(...(await Promise.all([1, 2].map(() => startApp({ env: { DATABASE_URL: url } })))));
    const [one, other] = apps;
    expect(one?.url).not.toBe(other?.url);
    expect({ ...one?.demo, url: '' }).toEqual({ ...other?.demo, url: '' });
  } finally {
    await Promise.all(apps.map(({ stop }) => stop()));
    await postgres?.stop();
  }
});
