import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startEmbedded } from '../../../lib/supabase/embedded/client';
import { clientOf, migrations, optionsFor, run, temporaryFolder } from './support';

const permissions = (file: string) => fs.statSync(file).mode & 0o777;

test('a second process on one folder is refused, and told which process has it', async () => {
  const options = optionsFor(temporaryFolder());
  const first = run('open.ts', options);
  await first.says('ready');
  const second = run('open.ts', options);
  const refusal = await second.says('refused');
  expect(refusal).toContain(`in use by process ${first.process.pid}`);
  expect(await second.ended).toBe(1);
  await expect(startEmbedded(options)).rejects.toThrow(`in use by process ${first.process.pid}`);
  first.process.kill('SIGTERM');
  expect(await first.ended).toBe(0);
  const third = await startEmbedded(options);
  await third.close();
});

test('a database that was made with another version of a migration is refused, and stays as it is', async () => {
  const changed = temporaryFolder();
  fs.cpSync(migrations, changed, { recursive: true });
  const options = optionsFor(temporaryFolder(), { migrations: changed });
  await (await startEmbedded(options)).close();
  fs.appendFileSync(path.join(changed, '0001_notes.sql'), '\n-- once more\n');
  await expect(startEmbedded(options)).rejects.toThrow('Migration 0001_notes.sql is not the one');
  await (await startEmbedded({ ...options, migrations })).close();
});

test('of several that start at once where one was killed, exactly one gets the folder', async () => {
  const options = optionsFor(temporaryFolder());
  const killed = run('open.ts', options);
  await killed.says('ready');
  killed.process.kill('SIGKILL');
  await killed.ended;
  expect(fs.existsSync(path.join(options.directory, 'lock.sock'))).toBe(true);

  const rivals = Array.from({ length: 4 }, () => run('open.ts', options));
  const words = await Promise.all(
    rivals.map(({ says }) =>
      Promise.any([says('ready').then(() => 'ready'), says('refused').then(() => 'refused')]),
    ),
  );
  expect(words.filter((word) => word === 'ready')).toHaveLength(1);
  for (const { process } of rivals) process.kill('SIGTERM');
  await Promise.all(rivals.map(({ ended }) => ended));
});

test('what was acknowledged survives SIGKILL in the midst of writing', async () => {
  const options = optionsFor(temporaryFolder());
  const acknowledged = new Set<string>();
  for (let round = 0; round < 4; round++) {
    const child = run('write.ts', { ...options, from: round * 1_000_000 });
    await child.says('wrote');
    await sleep(200 + 150 * round);
    child.process.kill('SIGKILL');
    await child.ended;
    for (const line of child.lines) if (line.startsWith('wrote ')) acknowledged.add(`note ${line.slice(6)}`);
  }
  const backend = await startEmbedded(options);
  const { data, error } = await clientOf(backend, backend.keys.secretKey)
    .from('notes')
    .select('body')
    .limit(1_000_000);
  await backend.close();
  expect(error).toBeNull();
  const kept = new Set((data ?? []).map(({ body }) => body));
  expect(acknowledged.size).toBeGreaterThan(20);
  expect([...acknowledged].filter((body) => !kept.has(body))).toEqual([]);
});

test('a first start that was cut off starts again from nothing', async () => {
  const options = optionsFor(temporaryFolder());
  for (const afterMs of [150, 600, 1200]) {
    const child = run('open.ts', options);
    await sleep(afterMs);
    child.process.kill('SIGKILL');
    await child.ended;
  }
  fs.rmSync(path.join(options.directory, 'ready'), { force: true });
  fs.mkdirSync(path.join(options.directory, 'database'), { recursive: true });
  fs.writeFileSync(path.join(options.directory, 'database', 'PG_VERSION'), 'torn');
  const backend = await startEmbedded(options);
  const { data } = await clientOf(backend, backend.keys.secretKey).rpc('whoami');
  await backend.close();
  expect(data).toBe('service_role:POST');
});

test('a second start keeps the data, the keys and the migrations as they were', async () => {
  const options = optionsFor(temporaryFolder());
  const first = await startEmbedded(options);
  const { error } = await clientOf(first, first.keys.secretKey).from('notes').insert({ body: 'kept' });
  expect(error).toBeNull();
  await first.close();
  const second = await startEmbedded(options);
  expect(second.keys).toEqual(first.keys);
  const { data } = await clientOf(second, second.keys.secretKey).from('notes').select('body');
  await second.close();
  expect(data).toEqual([{ body: 'kept' }]);
});

test('keys are made at random, for this user’s eyes only', async () => {
  const [one, other] = [optionsFor(temporaryFolder()), optionsFor(temporaryFolder())];
  const opened = [await startEmbedded(one), await startEmbedded(other)];
  for (const backend of opened) await backend.close();
  expect(permissions(path.join(one.directory, 'keys.json'))).toBe(0o600);
  const values = opened.flatMap(({ keys }) => Object.values(keys));
  expect(new Set(values).size).toBe(values.length);
  const chosen = await startEmbedded({ ...one, keys: { cronSecret: 'chosen', secretKey: undefined } });
  await chosen.close();
  expect(chosen.keys).toEqual({ ...opened[0]?.keys, cronSecret: 'chosen' });
});

test('a migration that fails leaves nothing of itself, and is tried again', async () => {
  const folder = temporaryFolder();
  fs.cpSync(migrations, folder, { recursive: true });
  const broken = path.join(folder, '0003_broken.sql');
  fs.writeFileSync(broken, 'create table public.half (id int);\nselect 1 / 0;\n');
  const options = optionsFor(temporaryFolder(), { migrations: folder });
  await expect(startEmbedded(options)).rejects.toThrow('Migration 0003_broken.sql: division by zero');
  fs.writeFileSync(broken, 'create table public.half (id int);\n');
  const backend = await startEmbedded(options);
  const { data } = await clientOf(backend, backend.keys.secretKey).from('half').select();
  await backend.close();
  expect(data).toEqual([]);
});

test('sign-up can be closed; the server itself may still make accounts', async () => {
  const backend = await startEmbedded(optionsFor(temporaryFolder(), { signUp: false }));
  const credentials = { email: 'new@hirehook.local', password: 'long enough' };
  const refused = await clientOf(backend, backend.keys.publishableKey).auth.signUp(credentials);
  const otp = await clientOf(backend, backend.keys.publishableKey).auth.signInWithOtp({
    email: credentials.email,
  });
  const made = await clientOf(backend, backend.keys.secretKey).auth.signUp(credentials);
  const entered = await clientOf(backend, backend.keys.publishableKey).auth.signInWithPassword(credentials);
  await backend.close();
  expect(refused.error?.code).toBe('signup_disabled');
  expect(otp.error?.code).toBe('signup_disabled');
  expect(made.error).toBeNull();
  expect(entered.data.user?.email).toBe(credentials.email);
});

test('dead rows are cleared on a schedule, between requests', async () => {
  const backend = await startEmbedded(optionsFor(temporaryFolder(), { vacuumEveryMs: 50 }));
  const server = clientOf(backend, backend.keys.secretKey);
  await server.from('notes').insert(Array.from({ length: 200 }, () => ({ body: 'short-lived' })));
  await server.from('notes').delete().eq('body', 'short-lived');
  const vacuumed = async () => (await server.rpc('vacuums')).data;
  const until = Date.now() + 10_000;
  while (!(await vacuumed()) && Date.now() < until) await sleep(50);
  expect(await vacuumed()).toBeGreaterThan(0);
  await backend.close();
});

test('nothing that was sent is printed, whatever goes wrong', async () => {
  const secret = 'whsec_do_not_print_me';
  const child = run('fail.ts', { ...optionsFor(temporaryFolder()), secret });
  const statuses = await child.says('statuses');
  expect(await child.ended).toBe(0);
  expect(statuses).toBe('statuses 400 400 400 400 400 400 400 404 422 200');
  expect(child.errors()).not.toContain(secret);
  expect(child.lines.join('\n')).not.toContain(secret);
});
