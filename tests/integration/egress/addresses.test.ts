import { describe, expect, it } from 'vitest';
import { type AddressPolicy, allowLoopback, createResolve, publicOnly } from '@/lib/webhooks/egress';
import { startNameServer, type Zone } from '../../receiver';
import { closeLater, egress, post, receiver } from './support';

/** Stands in for the public internet: this one address, and nothing else of this machine. */
const onlyAddress =
  (wanted: string): AddressPolicy =>
  (address) =>
    address === wanted ? { allowed: true } : { allowed: false, reason: `${address} is not ${wanted}` };

async function resolverOf(zone: Zone) {
  const server = closeLater(await startNameServer(zone));
  return { server, resolve: createResolve({ servers: [server.address] }) };
}

describe('an address that is not allowed', () => {
  it.each(['127.0.0.1', '0x7f.1', '2130706433', '[::ffff:127.0.0.1]', 'localhost'])(
    'is not connected to when the URL names %s',
    async (host) => {
      const target = await receiver();
      const result = await egress({ policy: publicOnly }).send(post(`http://${host}:${target.port}/`));
      expect(result).toMatchObject({ kind: 'unanswered', errorClass: 'blocked' });
      expect(result.kind === 'unanswered' && result.message).toMatch(
        /^Nothing was sent to .*public internet\.$/,
      );
      expect(target.connections).toBe(0);
    },
  );

  it('is not connected to when DNS gives it', async () => {
    const target = await receiver();
    const { resolve } = await resolverOf(() => ['127.0.0.1']);
    const result = await egress({ policy: publicOnly, resolve }).send(
      post(`http://evil.test:${target.port}/`),
    );
    expect(result).toMatchObject({ kind: 'unanswered', errorClass: 'blocked', address: '127.0.0.1' });
    expect(target.connections).toBe(0);
  });

  it('spoils a name whose other addresses are allowed, in any order', async () => {
    const target = await receiver();
    for (const answers of [
      ['127.0.0.1', '169.254.169.254'],
      ['169.254.169.254', '127.0.0.1'],
      ['127.0.0.1', 'not-an-address'],
    ]) {
      const door = egress({ resolve: () => Promise.resolve(answers) });
      const result = await door.send(post(`http://mixed.test:${target.port}/`));
      expect(result).toMatchObject({ kind: 'unanswered', errorClass: 'blocked' });
    }
    expect(target.connections).toBe(0);
  });

  it('is not reached by a name server that changes its mind after the check', async () => {
    const target = await receiver();
    const { resolve, server } = await resolverOf((_, turn) => (turn === 0 ? ['127.0.0.2'] : ['127.0.0.1']));
    const door = egress({ policy: onlyAddress('127.0.0.2'), resolve });
    // 127.0.0.2 passes the check, and nothing listens there; a second look-up would lead to 127.0.0.1.
    const first = await door.send(post(`http://rebind.test:${target.port}/`));
    expect(first).toMatchObject({ kind: 'unanswered', errorClass: 'refused', address: '127.0.0.2' });
    expect(server.questions.filter((question) => question.startsWith('A '))).toHaveLength(1);
    const second = await door.send(post(`http://rebind.test:${target.port}/`));
    expect(second).toMatchObject({ kind: 'unanswered', errorClass: 'blocked', address: '127.0.0.1' });
    expect(target.connections).toBe(0);
  });

  it('is judged again on the connected socket, before a byte is sent', async () => {
    const target = await receiver();
    const seen: string[] = [];
    const door = egress({
      policy: (address) => {
        seen.push(address);
        return seen.length === 1 ? { allowed: true } : { allowed: false, reason: 'it is elsewhere' };
      },
    });
    const result = await door.send(post(target.url));
    expect(result).toMatchObject({ kind: 'unanswered', errorClass: 'blocked' });
    expect(seen).toEqual(['127.0.0.1', '127.0.0.1']);
    expect(target.requests).toHaveLength(0);
  });

  it('stays refused for each new connection, after one was allowed', async () => {
    const target = await receiver();
    let answer = '127.0.0.1';
    const door = egress({ policy: onlyAddress('127.0.0.1'), resolve: () => Promise.resolve([answer]) });
    const url = `http://moving.test:${target.port}/`;
    target.respond((_, response) => void response.writeHead(200, { connection: 'close' }).end());
    expect(await door.send(post(url))).toMatchObject({ kind: 'answered' });
    answer = '127.0.0.2';
    expect(await door.send(post(url))).toMatchObject({ kind: 'unanswered', errorClass: 'blocked' });
    expect(target.requests).toHaveLength(1);
  });
});

describe('a URL that is not allowed', () => {
  it.each([
    ['not a url', /not valid/],
    ['ftp://127.0.0.1/', /ftp:\/\/ is not allowed/],
    ['file:///etc/passwd', /file:\/\/ is not allowed/],
    ['http://user:secret@127.0.0.1/', /user name or password/],
  ])('is not sent to: %s', async (url, message) => {
    const result = await egress().send(post(url));
    expect(result).toMatchObject({ kind: 'unanswered', errorClass: 'blocked', durationMs: 0, address: null });
    expect(result.kind === 'unanswered' && result.message).toMatch(message);
    expect(result.kind === 'unanswered' && result.message).not.toContain('secret');
  });

  it('is http where only https is allowed', async () => {
    const target = await receiver();
    const result = await egress({ allowHttp: false }).send(post(target.url));
    expect(result).toMatchObject({ kind: 'unanswered', errorClass: 'blocked' });
    expect(target.connections).toBe(0);
  });
});

describe('a name with several addresses', () => {
  it('is reached at the next one when the first refuses', async () => {
    const target = await receiver();
    const { resolve } = await resolverOf(() => ['127.0.0.3', '127.0.0.2', '127.0.0.1']);
    const result = await egress({ resolve }).send(post(`http://three.test:${target.port}/`));
    expect(result).toMatchObject({ kind: 'answered', status: 200, address: '127.0.0.1' });
    expect(target.requests[0]?.headers.host).toBe(`three.test:${target.port}`);
  });

  it('is refused when all of them refuse', async () => {
    const target = await receiver();
    const door = egress({ resolve: () => Promise.resolve(['127.0.0.3', '127.0.0.2']) });
    const result = await door.send(post(`http://two.test:${target.port}/`));
    expect(result).toMatchObject({ kind: 'unanswered', errorClass: 'refused', address: '127.0.0.2' });
  });

  it('is reached over IPv6, and localhost over either', async () => {
    const target = await receiver({ host: '::1' });
    expect(await egress().send(post(target.url))).toMatchObject({ kind: 'answered', address: '::1' });
    const result = await egress().send(post(`http://localhost:${target.port}/`));
    expect(result).toMatchObject({ kind: 'answered', address: '::1' });
  });
});

describe('the resolver', () => {
  it('asks for one name once at a time, however many want it, and keeps no answer', async () => {
    const { resolve, server } = await resolverOf(() => ['127.0.0.1']);
    await Promise.all(Array.from({ length: 50 }, () => resolve('busy.test')));
    expect([...server.questions].sort()).toEqual(['A busy.test', 'AAAA busy.test']);
    await resolve('busy.test');
    expect(server.questions).toHaveLength(4);
  });

  it('says that a name does not exist', async () => {
    const { resolve } = await resolverOf(() => null);
    const result = await egress({ resolve, policy: allowLoopback }).send(post('http://nowhere.test/'));
    expect(result).toMatchObject({ kind: 'unanswered', errorClass: 'dns', address: null });
    expect(result.kind === 'unanswered' && result.message).toMatch(/nowhere\.test does not exist/);
  });

  it('is held up by nobody: twenty silent names do not delay the next one', async () => {
    const { resolve } = await resolverOf((name) => (name.startsWith('silent') ? undefined : ['127.0.0.1']));
    const target = await receiver();
    const door = egress({ resolve });
    const silent = Array.from({ length: 20 }, (_, index) =>
      door.send(post(`http://silent${index}.test/`, { timeouts: { connectMs: 1_000, totalMs: 1_000 } })),
    );
    const result = await door.send(post(`http://quick.test:${target.port}/`));
    expect(result).toMatchObject({ kind: 'answered', status: 200 });
    expect(result.durationMs).toBeLessThan(700);
    for (const each of await Promise.all(silent)) expect(each).toMatchObject({ errorClass: 'dns' });
  });
});
