import { createServer, type Socket } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import type { SendResult } from '@/lib/webhooks/egress';
import { behave, selfSigned, startReceiver } from '../../receiver';
import { closeLater, egress, post, receiver, within } from './support';

function expectFailure(result: SendResult, errorClass: string, message: RegExp): void {
  expect(result).toMatchObject({ kind: 'unanswered', errorClass });
  if (result.kind !== 'unanswered') return;
  expect(result.message).toMatch(message);
  expect(result.message).toMatch(/^\S.*\.$/);
}

/** A TCP server that accepts and does as it is told; gives its port. */
async function tcpServer(onConnection: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeLater({
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

describe('no connection', () => {
  it('is refused where nothing listens', async () => {
    const closed = await startReceiver();
    await closed.close();
    const result = await egress().send(post(closed.url));
    expectFailure(result, 'refused', /127\.0\.0\.1:\d+ refused the connection/);
    expect(result.address).toBe('127.0.0.1');
  });

  it('is dns where the name does not exist', async () => {
    const resolve = () => Promise.reject(Object.assign(new Error('queryA'), { code: 'ENOTFOUND' }));
    expectFailure(
      await egress({ resolve }).send(post('http://typo.test/')),
      'dns',
      /typo\.test does not exist/,
    );
  });

  it('is dns where the name server fails, throws, or knows no address', async () => {
    const fail = () => Promise.reject(Object.assign(new Error('queryA'), { code: 'ESERVFAIL' }));
    expectFailure(await egress({ resolve: fail }).send(post('http://a.test/')), 'dns', /ESERVFAIL/);
    const explode = () => {
      throw new Error('bug');
    };
    expectFailure(await egress({ resolve: explode }).send(post('http://a.test/')), 'dns', /a\.test/);
    const none = () => Promise.resolve([]);
    expectFailure(await egress({ resolve: none }).send(post('http://a.test/')), 'dns', /does not exist/);
  });

  it('is dns, on time, where the name server is silent', async () => {
    const silent = () => new Promise<never>(() => {});
    const byConnect = await egress({ resolve: silent }).send(post('http://a.test/', within(5_000, 200)));
    expectFailure(byConnect, 'dns', /a\.test was not found within 0\.2 seconds/);
    expect(byConnect.durationMs).toBeLessThan(700);
    const byTotal = await egress({ resolve: silent }).send(post('http://a.test/', within(200, 5_000)));
    expectFailure(byTotal, 'dns', /a\.test was not found within 0\.2 seconds/);
    expect(byTotal.durationMs).toBeLessThan(700);
  });

  it('is timeout_connect where TLS never gets going', async () => {
    const port = await tcpServer(() => {});
    const result = await egress().send(post(`https://127.0.0.1:${port}/`, within(5_000, 300)));
    expectFailure(result, 'timeout_connect', /did not finish the TLS handshake within 0\.3 seconds/);
    expect(result.durationMs).toBeGreaterThanOrEqual(290);
    expect(result.durationMs).toBeLessThan(800);
  });

  it('is timeout_connect where every connection is taken by slow answers', async () => {
    const target = await receiver();
    target.respond(behave.hang());
    const door = egress({ maxConnectionsPerOrigin: 1 });
    const first = door.send(post(target.url, within(600)));
    expectFailure(
      await door.send(post(target.url, within(200))),
      'timeout_connect',
      /connections .* were busy/,
    );
    expectFailure(await first, 'timeout', /did not answer within 0\.6 seconds/);
    expect(target.requests).toHaveLength(1);
  });
});

describe('TLS', () => {
  const trusted = getCACertificates('default');
  afterEach(() => setDefaultCACertificates(trusted));

  it.each([
    ['a self-signed certificate', {}, /certificate is self-signed/],
    [
      'an expired certificate',
      { notAfter: new Date('2020-01-01') },
      /certificate (is self-signed|has expired)/,
    ],
  ])('is tls for %s', async (_, options, message) => {
    const target = await receiver({ tls: selfSigned({ dnsName: 'hooks.test', ...options }) });
    const door = egress({ resolve: () => Promise.resolve(['127.0.0.1']) });
    const result = await door.send(post(`https://hooks.test:${target.port}/`));
    expectFailure(result, 'tls', message);
    expect(result.address).toBe('127.0.0.1');
    expect(target.requests).toHaveLength(0);
  });

  it('asks for the name by SNI, trusts a trusted certificate, and keeps the connection', async () => {
    const tls = selfSigned({ dnsName: 'hooks.test' });
    setDefaultCACertificates([...trusted, tls.cert]);
    const target = await receiver({ tls });
    const door = egress({ resolve: () => Promise.resolve(['127.0.0.1']) });
    for (let count = 0; count < 3; count += 1) {
      const result = await door.send(post(`https://hooks.test:${target.port}/hook`));
      expect(result).toMatchObject({ kind: 'answered', status: 200, address: '127.0.0.1' });
    }
    expect(target.requests.map(({ servername }) => servername)).toEqual([
      'hooks.test',
      'hooks.test',
      'hooks.test',
    ]);
    expect(target.connections).toBe(1);
  });

  it('is tls for a certificate of another name, or one that has expired', async () => {
    const wrongName = selfSigned({ dnsName: 'other.test' });
    const expired = selfSigned({ dnsName: 'hooks.test', notAfter: new Date('2020-01-01') });
    setDefaultCACertificates([...trusted, wrongName.cert, expired.cert]);
    const door = egress({ resolve: () => Promise.resolve(['127.0.0.1']) });
    const other = await receiver({ tls: wrongName });
    expectFailure(await door.send(post(`https://hooks.test:${other.port}/`)), 'tls', /for another name/);
    const old = await receiver({ tls: expired });
    expectFailure(await door.send(post(`https://hooks.test:${old.port}/`)), 'tls', /has expired/);
  });

  it('is tls where the other side speaks plain HTTP', async () => {
    const target = await receiver();
    expectFailure(
      await egress().send(post(`https://127.0.0.1:${target.port}/`)),
      'tls',
      /No trusted encrypted/,
    );
  });

  it('is tls where the other side hangs up in the handshake', async () => {
    const port = await tcpServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expectFailure(await egress().send(post(`https://127.0.0.1:${port}/`)), 'tls', /ECONNRESET/);
  });
});

describe('no answer', () => {
  it.each(['fin', 'rst'] as const)('is reset where the connection is closed (%s)', async (how) => {
    const target = await receiver();
    target.respond(behave.closeWithoutAnswer(how));
    const result = await egress().send(post(target.url));
    expectFailure(result, 'reset', /closed the connection without an answer/);
    expect(target.requests).toHaveLength(1);
  });

  it('is timeout where the receiver hangs, on time', async () => {
    const target = await receiver();
    target.respond(behave.hang());
    const result = await egress().send(post(target.url, within(300)));
    expectFailure(result, 'timeout', /did not answer within 0\.3 seconds/);
    expect(result.durationMs).toBeGreaterThanOrEqual(290);
    expect(result.durationMs).toBeLessThan(800);
  });

  it('is timeout where the receiver hangs in the middle of its body', async () => {
    const target = await receiver();
    target.respond(behave.hangMidBody());
    const result = await egress().send(post(target.url, within(300)));
    expectFailure(result, 'timeout', /began to answer \(200\) but did not finish/);
    expect(result.durationMs).toBeLessThan(800);
  });

  it.each([
    ['garbage', 'SSH-2.0-OpenSSH_9.9\r\n'],
    ['HTTP/0.9', '<html>hello</html>'],
    ['a broken status line', 'HTTP/1.1 abc\r\n\r\n'],
    ['binary', Buffer.alloc(1_000, 0xfe)],
    ['conflicting lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'],
    [
      'an upgrade that nobody asked for',
      'HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
    ],
  ])('is protocol where the receiver sends %s', async (_, bytes) => {
    const target = await receiver();
    target.respond(behave.raw(bytes));
    expectFailure(await egress().send(post(target.url)), 'protocol', /not a valid HTTP answer/);
  });

  it('is aborted where the caller gives up, before and while it is sent', async () => {
    const target = await receiver();
    target.respond(behave.hang());
    const door = egress();
    expectFailure(await door.send(post(target.url, { signal: AbortSignal.abort() })), 'aborted', /given up/);
    const controller = new AbortController();
    const results = Array.from({ length: 20 }, () =>
      door.send(post(target.url, { signal: controller.signal })),
    );
    await target.waitFor(20);
    controller.abort();
    for (const result of await Promise.all(results)) expectFailure(result, 'aborted', /given up/);
    expect(target.requests).toHaveLength(20);
  });

  it('is not what an abort makes of an answer whose status has come', async () => {
    const target = await receiver();
    target.respond(behave.hangMidBody());
    const controller = new AbortController();
    const result = egress().send(post(target.url, { signal: controller.signal }));
    await target.waitFor(1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    controller.abort();
    expect(await result).toMatchObject({
      kind: 'answered',
      status: 200,
      body: 'the beginning',
      bodyTruncated: true,
    });
  });

  it('is other where the request cannot be made, and nothing is sent', async () => {
    const target = await receiver();
    const door = egress();
    const pairs = [
      ['x-bad', 'a\r\nx-smuggled: 1'],
      ['bad name', 'x'],
      ['content-length', '1'],
    ] as const;
    for (const [name, value] of pairs) {
      const headers = { [name]: value };
      expectFailure(await door.send(post(target.url, { headers })), 'other', /could not be made/);
    }
    expect(target.requests).toHaveLength(0);
  });

  it('is aborted once the egress is closed', async () => {
    const target = await receiver();
    target.respond(behave.hang());
    const door = egress();
    const hanging = door.send(post(target.url));
    await target.waitFor(1);
    await door.close();
    expectFailure(await hanging, 'aborted', /given up/);
    expectFailure(await door.send(post(target.url)), 'aborted', /given up/);
  });
});
