/** What the README tells a newcomer to do, done as it stands. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type RunningApp, startApp } from '../../support/app';
import { freePort } from '../../support/postgres';
import { blockOf } from './blocks';
import { openShell } from './shell';

const root = path.resolve(import.meta.dirname, '../../..');
const shell = openShell();
const block = (language: string, info: string) => blockOf('README.md', language, info);

let app: RunningApp;
let receiver: ChildProcess | undefined;
let folder: string;
beforeAll(async () => {
  app = await startApp({ directory: path.join(shell.folder, '.hirehook') });
  // Below node_modules, so that the receiver finds its library as it would in the project's folder.
  mkdirSync(path.join(root, 'node_modules/.cache'), { recursive: true });
  folder = mkdtempSync(path.join(root, 'node_modules/.cache/readme-'));
}, 240_000);
afterAll(async () => {
  receiver?.kill();
  await app?.stop();
  rmSync(folder, { recursive: true, force: true });
  rmSync(shell.folder, { recursive: true, force: true });
});

const subscribed = z.object({ success: z.literal(true), webhook: z.object({ secret: z.string() }) });

test('subscribe, receive, publish', async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const setup = block('sh', 'setup');
  const call = async (info: string): Promise<unknown> =>
    JSON.parse(await shell.run(setup + block('sh', info).replace('http://127.0.0.1:4000/', url), {}));

  const { secret } = subscribed.parse(await call('subscribe')).webhook;
  writeFileSync(path.join(folder, 'receiver.mjs'), block('js', 'receiver'));
  const started = spawn(process.execPath, [path.join(folder, 'receiver.mjs')], {
    env: { NODE_ENV: 'production', WEBHOOK_SECRET: secret, PORT: String(port) },
  });
  receiver = started;
  let printed = '';
  for (const stream of [started.stdout, started.stderr]) {
    stream.on('data', (data) => {
      printed += String(data);
    });
  }
  const forged = () =>
    fetch(url, { method: 'POST', body: '{}' }).then(
      ({ status }) => status,
      () => 0,
    );
  for (let tries = 0; tries < 200 && (await forged()) === 0; tries += 1) await sleep(50);
  expect(await forged()).toBe(401);

  expect(await call('publish')).toMatchObject({
    type: 'application.created',
    deliveries: 1,
    duplicate: false,
  });
  for (let tries = 0; tries < 200 && !printed.includes('Zoë Okafor'); tries += 1) await sleep(50);
  expect(printed).toMatch(/^[0-9a-f-]{36} application\.created \{/);
  expect(printed).toContain("candidateName: 'Zoë Okafor'");
  started.kill();
  await once(started, 'exit');
});
