import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { behave, type Responder } from '../../receiver';
import { egress, post, receiver, within } from './support';

describe('a connection', () => {
  it('is used again after a complete answer', async () => {
    const target = await receiver();
    target.respond(behave.status(200, { body: 'ok' }));
    const door = egress();
    for (let count = 0; count < 10; count += 1) await door.send(post(target.url));
    expect(target.requests).toHaveLength(10);
    expect(target.connections).toBe(1);
  });

  it('is used again after an answer somewhat longer than what is kept', async () => {
    const target = await receiver();
    target.respond(behave.status(200, { body: 'a'.repeat(60_000) }));
    const door = egress();
    for (let count = 0; count < 3; count += 1) {
      expect(await door.send(post(target.url))).toMatchObject({ kind: 'answered', bodyTruncated: true });
    }
    expect(target.connections).toBe(1);
  });

  it('is not used again after an answer without end, a timeout or an abort', async () => {
    const target = await receiver();
    const door = egress();
    for (const behaviour of [
      behave.stream(10_000_000),
      behave.hang(),
      behave.hangMidBody(),
      behave.drip(10),
    ]) {
      target.respond(behaviour);
      await door.send(post(target.url, within(200)));
    }
    target.respond(200);
    expect(await door.send(post(target.url))).toMatchObject({ kind: 'answered', status: 200 });
    expect(target.connections).toBe(5);
    await sleep(50);
    expect(target.requests).toHaveLength(5);
  });

  it('is made anew when the receiver closed the last one', async () => {
    const target = await receiver();
    target.respond((_, response) => void response.writeHead(200, { connection: 'close' }).end('bye'));
    const door = egress();
    for (let count = 0; count < 5; count += 1) {
      expect(await door.send(post(target.url))).toMatchObject({ kind: 'answered', body: 'bye' });
    }
    expect(target.connections).toBe(5);
  });

  it('does not take what was sent past an answer for the answer to the next request', async () => {
    const target = await receiver();
    const stuffed = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'.repeat(2);
    const stuff: Responder = (_, response) => void response.socket?.write(stuffed);
    target.respond(behave.inTurn(stuff, behave.status(500, { body: 'real' })));
    const door = egress({ maxConnectionsPerOrigin: 1 });
    const [first, ...rest] = await Promise.all([1, 2, 3].map((n) => door.send(post(`${target.url}/${n}`))));
    expect(first).toMatchObject({ kind: 'answered', status: 200, body: 'ok' });
    for (const result of rest) expect(result).toMatchObject({ kind: 'answered', status: 500, body: 'real' });
    expect(target.requests.map(({ path }) => path)).toEqual(['/1', '/2', '/3']);
  });

  it('is one of at most so many; the rest wait their turn and all arrive, in order', async () => {
    const target = await receiver();
    target.respond(behave.after(5, behave.status(200)));
    const door = egress({ maxConnectionsPerOrigin: 3 });
    const results = await Promise.all(
      Array.from({ length: 60 }, (_, n) => door.send(post(`${target.url}/${n}`))),
    );
    expect(results.every((result) => result.kind === 'answered')).toBe(true);
    expect(target.connections).toBe(3);
    expect(new Set(target.requests.map(({ path }) => path)).size).toBe(60);
  });

  it('does not strand those who wait when connections are closed, break or refuse', async () => {
    const target = await receiver();
    target.respond(
      behave.inTurn(
        ...([
          behave.status(200, { headers: { connection: 'close' } }),
          behave.closeWithoutAnswer('rst'),
          behave.raw('garbage\r\n'),
          behave.status(200, { headers: { connection: 'close' } }),
          behave.stream(1_000_000),
          behave.status(204),
        ] as const),
      ),
    );
    const door = egress({ maxConnectionsPerOrigin: 2 });
    const results = await Promise.all(Array.from({ length: 40 }, () => door.send(post(target.url))));
    expect(results.filter((result) => result.kind === 'answered')).toHaveLength(38);
    expect(target.requests).toHaveLength(40);

    await target.close();
    await sleep(50);
    const refused = await Promise.all(Array.from({ length: 20 }, () => door.send(post(target.url))));
    expect(refused.every((result) => result.kind === 'unanswered' && result.errorClass === 'refused')).toBe(
      true,
    );
  });

  it('is kept for at most so many origins', async () => {
    const targets = await Promise.all(Array.from({ length: 4 }, () => receiver()));
    const door = egress({ maxOrigins: 2 });
    for (const target of targets) await door.send(post(target.url));
    // The last two are still open; the first two have to be connected to again.
    for (const target of [...targets].reverse()) await door.send(post(target.url));
    expect(targets.map(({ connections }) => connections)).toEqual([2, 2, 1, 1]);
  });

  it('is closed again, however many origins there are', async () => {
    const target = await receiver();
    const door = egress({ maxOrigins: 10, resolve: () => Promise.resolve(['127.0.0.1']) });
    const urls = Array.from({ length: 200 }, (_, index) => `http://tenant${index}.test:${target.port}/`);
    const results = await Promise.all(urls.map((url) => door.send(post(url))));
    expect(results.every((result) => result.kind === 'answered')).toBe(true);
    for (const url of urls.slice(0, 20)) await door.send(post(url));
    await expect.poll(() => target.openConnections, { timeout: 2_000 }).toBeLessThanOrEqual(10);
    await expect.poll(() => target.openConnections, { timeout: 7_000 }).toBe(0);
  });
});

describe('a receiver that hangs', () => {
  it('delays no other, however many requests it holds', async () => {
    const hanging = await receiver();
    hanging.respond(behave.hang());
    const flooding = await receiver();
    flooding.respond(behave.stream(1_000_000_000));
    const quick = await receiver();
    const door = egress({ maxConnectionsPerOrigin: 8 });
    const stuck = [hanging, flooding].flatMap(({ url }) =>
      Array.from({ length: 50 }, () => door.send(post(url, within(1_500)))),
    );
    await hanging.waitFor(8);
    for (let count = 0; count < 20; count += 1) {
      const result = await door.send(post(quick.url));
      expect(result).toMatchObject({ kind: 'answered', status: 200 });
      expect(result.durationMs).toBeLessThan(1_000);
    }
    const startedAt = performance.now();
    await Promise.all(stuck);
    // One after the other over 8 connections they would take 10 s.
    expect(performance.now() - startedAt).toBeLessThan(4_000);
  });
});

describe('many at once', () => {
  it('each get their own answer, and every connection is closed in the end', async () => {
    const target = await receiver();
    target.respond((request, response) => void response.end(request.rawBody.toString().repeat(3)));
    const door = egress();
    const bodies = Array.from({ length: 500 }, (_, index) => `<${index}>`);
    const results = await Promise.all(bodies.map((body) => door.send(post(target.url, { body }))));
    expect(results.map((result) => (result.kind === 'answered' ? result.body : result.errorClass))).toEqual(
      bodies.map((body) => body.repeat(3)),
    );
    await door.close();
    await target.close();
    expect(target.connections).toBeLessThanOrEqual(64);
  });
});
