import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isShuttingDown, onShutdown, serverToClose, shutDown } from './shutdown';

beforeEach(() => {
  globalThis.__hirehookShutdown = undefined;
});
afterEach(() => {
  globalThis.__hirehookShutdown = undefined;
});

test('hooks run together, then the database is closed, once', async () => {
  const order: string[] = [];
  onShutdown(async () => {
    await sleep(20);
    order.push('slow hook');
  });
  onShutdown(async () => {
    order.push('hook');
  });
  onShutdown(async () => {
    throw new Error('a hook that fails');
  });
  const off = onShutdown(async () => {
    order.push('taken off');
  });
  off();
  expect(isShuttingDown()).toBe(false);
  const close = async () => {
    order.push('closed');
  };
  await Promise.all([shutDown(close), shutDown(close)]);
  expect(isShuttingDown()).toBe(true);
  expect(order).toEqual(['hook', 'slow hook', 'closed']);
});

test('an open request is answered before the database is closed; a new one finds nobody', async () => {
  let closed = false;
  const server = http.createServer(async (_, response) => {
    await sleep(100);
    response.end(closed ? 'too late' : 'in time');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no address');
  const url = `http://127.0.0.1:${address.port}`;
  serverToClose(server);
  const open = fetch(url).then((response) => response.text());
  await sleep(30);
  const down = shutDown(async () => {
    closed = true;
  });
  await expect(fetch(url)).rejects.toThrow();
  expect(await open).toBe('in time');
  await down;
  expect(closed).toBe(true);
});

test('whatever hangs, it is over within nine seconds', async () => {
  const forever = () => new Promise<void>(() => undefined);
  onShutdown(forever);
  const begun = performance.now();
  await shutDown(forever);
  expect(performance.now() - begun).toBeLessThan(9_000);
}, 15_000);
