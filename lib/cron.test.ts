import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { startCron } from './cron';
import { shutDown } from './shutdown';

afterEach(() => {
  globalThis.__hirehookShutdown = undefined;
  vi.useRealTimers();
});

async function receiver(status: number) {
  const seen: { path: string | undefined; authorization: string | undefined }[] = [];
  const server = http.createServer(({ url, headers }, response) => {
    seen.push({ path: url, authorization: headers.authorization });
    // The first call stays, as a sweep does.
    if (seen.length > 1 || status !== 200) response.writeHead(status).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no address');
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { seen, url: `http://127.0.0.1:${address.port}`, close };
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition() && tries < 300; tries++) await sleep(10);
  expect(condition()).toBe(true);
}

test('vercel.json’s paths are called at once and on schedule, though the call before is still open', async () => {
  vi.useFakeTimers({
    now: new Date('2026-01-22T10:04:59.500Z'),
    toFake: ['Date', 'setTimeout', 'clearTimeout'],
  });
  const { seen, url, close } = await receiver(200);
  startCron(url, 'secret', (path, reason) => expect.fail(`${path}: ${reason}`));
  vi.advanceTimersByTime(1_000);
  vi.useRealTimers();
  await until(() => seen.length === 2);
  expect(seen).toEqual(Array(2).fill({ path: '/api/cron/webhook-retries', authorization: 'Bearer secret' }));
  await shutDown(async () => undefined);
  close();
});

test('a call that is refused, or finds nobody, is told of', async () => {
  const told: string[] = [];
  const { url, close } = await receiver(401);
  startCron(url, 'wrong', (path, reason) => told.push(`${path} ${reason}`));
  await until(() => told.length === 1);
  close();
  startCron('http://127.0.0.1:1', 'secret', (path, reason) => told.push(`${path} ${reason}`));
  await until(() => told.length === 2);
  expect(told[0]).toBe('/api/cron/webhook-retries answered 401');
  expect(told[1]).toContain('ECONNREFUSED');
  await shutDown(async () => undefined);
});
