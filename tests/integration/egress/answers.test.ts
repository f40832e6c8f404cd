import { describe, expect, it } from 'vitest';
import { LIMITS } from '@/lib/webhooks/egress';
import { behave } from '../../receiver';
import { egress, post, receiver, within } from './support';

const MB = 1024 * 1024;

describe('what is sent', () => {
  it('arrives byte for byte, with its headers and nothing that gives us away', async () => {
    const target = await receiver();
    const body = Buffer.from('{"name":"Zoë 🎉"}\r\n\u0001');
    const headers = {
      'Content-Type': 'application/json',
      'webhook-id': 'msg_1',
      'User-Agent': 'Hirehook/1.0',
    };
    const result = await egress().send(post(`${target.url}/hook?a=1&b=%20`, { body, headers }));

    expect(result).toMatchObject({ kind: 'answered', status: 200, body: '', bodyTruncated: false });
    expect(result).toMatchObject({ address: '127.0.0.1', durationMs: expect.any(Number) });
    const [request] = target.requests;
    expect(request).toMatchObject({ method: 'POST', path: '/hook?a=1&b=%20' });
    expect(request?.rawBody).toEqual(body);
    expect(request?.headers).toEqual({
      host: `127.0.0.1:${target.port}`,
      connection: 'keep-alive',
      'content-type': 'application/json',
      'webhook-id': 'msg_1',
      'user-agent': 'Hirehook/1.0',
      'content-length': String(body.length),
    });
  });

  it('says where the time went, on a new and on a kept connection', async () => {
    const target = await receiver();
    target.respond(behave.after(60, behave.status(204)));
    const door = egress();
    const first = await door.send(post(target.url));
    expect(first.durationMs).toBeGreaterThanOrEqual(60);
    expect(first.durationMs).toBeLessThan(1_000);
    expect(first.timings).toEqual({
      dnsMs: expect.any(Number),
      connectMs: expect.any(Number),
      firstByteMs: expect.any(Number),
    });
    const second = await door.send(post(target.url));
    expect(second).toMatchObject({ address: '127.0.0.1', timings: { dnsMs: null, connectMs: null } });
  });
});

describe('an answer', () => {
  it.each([200, 201, 204, 304, 400, 404, 410, 418, 429, 500, 503, 599])(
    'of %i is an answer',
    async (status) => {
      const target = await receiver();
      target.respond(status);
      expect(await egress().send(post(target.url))).toMatchObject({ kind: 'answered', status });
    },
  );

  it('keeps its headers, lower-case', async () => {
    const target = await receiver();
    target.respond(behave.retryAfter('120'));
    const result = await egress().send(post(target.url));
    expect(result).toMatchObject({ status: 429, headers: { 'retry-after': '120' } });
  });

  it('keeps at most so many headers', async () => {
    const target = await receiver();
    const headers = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`x-${index}`, 'v'.repeat(50)]),
    );
    target.respond(behave.status(200, { headers }));
    const result = await egress().send(post(target.url));
    const kept = result.kind === 'answered' ? Object.entries(result.headers) : [];
    expect(kept).toHaveLength(LIMITS.headers);
    expect(kept[0]).toEqual(['x-0', 'v'.repeat(50)]);
  });

  it.each([301, 302, 303, 307, 308])('of %i is not followed', async (code) => {
    const target = await receiver();
    const elsewhere = await receiver();
    for (const location of [`${elsewhere.url}/stolen`, 'http://169.254.169.254/latest/meta-data', '/again']) {
      target.respond(behave.redirect(location, code));
      const result = await egress().send(post(target.url));
      expect(result).toMatchObject({ kind: 'answered', status: code, headers: { location } });
    }
    expect(target.requests).toHaveLength(3);
    expect(elsewhere.requests).toHaveLength(0);
  });

  it.each([[[102]], [[103, 103]], [Array.from({ length: 50 }, () => 103)]])(
    'may come after interim ones: %j',
    async (codes) => {
      const target = await receiver();
      target.respond(behave.informational(codes, behave.status(201, { body: 'made' })));
      const result = await egress().send(post(target.url));
      expect(result).toMatchObject({ kind: 'answered', status: 201, body: 'made', bodyTruncated: false });
      expect(result.kind === 'answered' && result.headers).not.toHaveProperty('x-interim');
    },
  );

  it('that breaks off after its status still counts, with the body so far', async () => {
    const target = await receiver();
    for (const status of [200, 500]) {
      target.respond(behave.resetMidBody(status));
      const result = await egress().send(post(target.url));
      expect(result).toMatchObject({ kind: 'answered', status, body: 'the beginning', bodyTruncated: true });
    }
  });

  it('whose body is shorter than announced still counts', async () => {
    const target = await receiver();
    target.respond(behave.raw('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort'));
    const result = await egress().send(post(target.url));
    expect(result).toMatchObject({ kind: 'answered', status: 200, body: 'short', bodyTruncated: true });
  });

  it('whose chunks are garbage still counts', async () => {
    const target = await receiver();
    target.respond(behave.raw('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nnot a chunk'));
    expect(await egress().send(post(target.url))).toMatchObject({
      kind: 'answered',
      status: 200,
      bodyTruncated: true,
    });
  });

  it('without a length, ended by closing, is whole', async () => {
    const target = await receiver();
    target.respond(behave.raw('HTTP/1.0 200 OK\r\n\r\nold but good'));
    const result = await egress().send(post(target.url));
    expect(result).toMatchObject({ status: 200, body: 'old but good', bodyTruncated: false });
  });

  it('is cut between characters, and free of what PostgreSQL cannot hold', async () => {
    const target = await receiver();
    target.respond(
      behave.status(200, { body: Buffer.concat([Buffer.from([0, 0xff]), Buffer.from('é'.repeat(20_000))]) }),
    );
    const result = await egress().send(post(target.url));
    const body = result.kind === 'answered' ? result.body : '';
    expect(result).toMatchObject({ bodyTruncated: true });
    expect(body).toMatch(/^\ufffdé+$/);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(LIMITS.bodyBytes);
    expect(Buffer.byteLength(body)).toBeGreaterThan(LIMITS.bodyBytes - 8);
  });
});

describe('an answer without end', () => {
  it.each([
    ['without a length', {}],
    ['with its length', { 'content-length': String(1024 * MB) }],
  ])('of a gigabyte %s costs neither time nor memory', async (_, headers) => {
    const target = await receiver();
    target.respond(behave.stream(1024 * MB, headers));
    const before = process.memoryUsage().rss;
    const startedAt = performance.now();
    const result = await egress().send(post(target.url));
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * MB);
    expect(result).toMatchObject({ kind: 'answered', status: 200, bodyTruncated: true });
    expect(result.kind === 'answered' && result.body).toBe('a'.repeat(LIMITS.bodyBytes));
  });

  it('is not inflated when it is a gzip bomb', async () => {
    const target = await receiver();
    target.respond(behave.gzipBomb(64 * MB));
    const result = await egress().send(post(target.url));
    expect(result).toMatchObject({ kind: 'answered', status: 200, headers: { 'content-encoding': 'gzip' } });
    expect(Buffer.byteLength(result.kind === 'answered' ? result.body : '')).toBeLessThanOrEqual(
      LIMITS.bodyBytes,
    );
  });

  it('that drips a byte at a time is a timeout, on time, whatever its status', async () => {
    const target = await receiver();
    target.respond(behave.drip(20));
    const result = await egress().send(post(target.url, within(500)));
    expect(result).toMatchObject({ kind: 'unanswered', errorClass: 'timeout', address: '127.0.0.1' });
    expect(result.kind === 'unanswered' && result.message).toMatch(
      /began to answer \(200\).*0\.5 seconds\.$/,
    );
    expect(result.durationMs).toBeGreaterThanOrEqual(490);
    expect(result.durationMs).toBeLessThan(1_000);
  });

  it('that is late for its own deadline is a timeout, though the whole attempt had time left', async () => {
    const target = await receiver();
    target.respond(behave.hang());
    const timeouts = { connectMs: 2_000, answerMs: 300, totalMs: 5_000 };
    const result = await egress().send(post(target.url, { timeouts }));
    expect(result).toMatchObject({ kind: 'unanswered', errorClass: 'timeout' });
    expect(result.durationMs).toBeGreaterThanOrEqual(290);
    expect(result.durationMs).toBeLessThan(1_500);
  });

  it('that hangs after all we keep of it has come is an answer', async () => {
    const target = await receiver();
    target.respond((_, response) => void response.writeHead(200).write('a'.repeat(LIMITS.bodyBytes + 1)));
    const result = await egress().send(post(target.url, within(400)));
    expect(result).toMatchObject({ kind: 'answered', status: 200, bodyTruncated: true });
    expect(result.durationMs).toBeLessThan(900);
  });

  it('in the form of endless headers is a protocol error', async () => {
    const target = await receiver();
    target.respond(behave.hugeHeaders(50 * MB));
    const result = await egress().send(post(target.url));
    expect(result).toMatchObject({ kind: 'unanswered', errorClass: 'protocol' });
    expect(result.kind === 'unanswered' && result.message).toMatch(/headers .* too large/);
  });

  it('in the form of endless interim answers is a timeout', async () => {
    const target = await receiver();
    target.respond((_, response) => {
      const timer = setInterval(() => response.socket?.write('HTTP/1.1 103 Early Hints\r\n\r\n'), 5);
      response.once('close', () => clearInterval(timer));
    });
    const result = await egress().send(post(target.url, within(400)));
    expect(result).toMatchObject({ kind: 'unanswered', errorClass: 'timeout' });
  });
});
