import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { behave, type Receiver, startReceiver, verify } from '@/tests/receiver';
import { type RunningApp, startApp } from '@/tests/support/app';
import { startPostgres, type ThrowAwayPostgres } from '@/tests/support/postgres';
import { callerOf, createWebhook, offer } from '../integration/api/support';

/** The app as processes that end: by SIGKILL in the middle of a send, by SIGTERM while a receiver hangs. */

let database: ThrowAwayPostgres;
let receiver: Receiver;
let directory: string;
const apps: RunningApp[] = [];

beforeAll(async () => {
  database = await startPostgres();
});
afterAll(() => database?.stop());
beforeEach(async () => {
  receiver = await startReceiver();
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'hirehook-chaos-'));
});
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.stop()));
  await receiver.close();
  fs.rmSync(directory, { recursive: true, force: true });
});

async function start(env: Record<string, string> = {}): Promise<RunningApp> {
  const app = await startApp({ directory, env, timeoutMs: 400_000 });
  apps.push(app);
  return app;
}

async function publishTo(app: RunningApp): Promise<string> {
  const { secret } = await createWebhook(app, app.demo.apiKey, { url: receiver.url, events: ['*'] });
  const answer = await callerOf(app)('/api/v1/events', { token: app.demo.apiKey, body: offer() });
  expect(answer.status).toBe(202);
  return secret;
}

function expectTheSameTwice(secret: string): void {
  const [first, second, ...more] = receiver.requests;
  if (!first || !second || more.length > 0)
    throw new Error(`sent ${receiver.requests.length} times, not twice`);
  expect(second.rawBody.equals(first.rawBody)).toBe(true);
  expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
  for (const { headers, rawBody } of [first, second])
    expect(verify.verifyStandard(headers, rawBody, secret)).toBe(true);
}

it('killed between send and record, it sends the same again when the lease has run out', async () => {
  const env = { DATABASE_URL: database.url, HIREHOOK_ALLOW_PRIVATE_TARGETS: '1' };
  receiver.respond(behave.hang());
  const app = await start(env);
  const secret = await publishTo(app);
  await receiver.waitFor(1);
  await app.kill('SIGKILL');
  receiver.respond(200);

  const owner = postgres(database.url, { max: 1, onnotice: () => undefined });
  const [lease] =
    await owner`select lease_token, extract(epoch from next_attempt_at - clock_timestamp()) as left_s
    from public.webhook_deliveries`;
  expect(lease?.lease_token).not.toBeNull();
  expect(Number(lease?.left_s)).toBeGreaterThan(20);
  const next = await start(env);
  await sleep(1500);
  expect(receiver.requests).toHaveLength(1);
  // The lease runs out: time is passed in the database, since a test cannot wait for it.
  await owner`update public.webhook_deliveries set next_attempt_at = clock_timestamp()`;
  await receiver.waitFor(2, 10_000);
  expectTheSameTwice(secret);
  await expect
    .poll(async () => (await owner`select status, attempts from public.webhook_deliveries`)[0], {
      timeout: 5000,
    })
    .toEqual({ status: 'success', attempts: 1 });
  await owner.end();
  expect(next.process.exitCode).toBeNull();
});

it('told to end while a receiver hangs, it is gone within 10 s, and the next start sends the same at once', async () => {
  receiver.respond(behave.hang());
  const app = await start();
  const secret = await publishTo(app);
  await receiver.waitFor(1);
  const at = Date.now();
  expect(await app.kill('SIGTERM')).toBe(143);
  expect(Date.now() - at).toBeLessThan(10_000);
  receiver.respond(200);
  await start();
  await receiver.waitFor(2, 10_000);
  expectTheSameTwice(secret);
});
