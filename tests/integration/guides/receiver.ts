import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';

export interface Arrived {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A receiver on the loopback that takes everything with 200. */
export async function openReceiver() {
  const arrived: Arrived[] = [];
  const waiting: ((one: Arrived) => void)[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const one = { headers: request.headers, body: Buffer.concat(parts) };
    const next = waiting.shift();
    if (next) next(one);
    else arrived.push(one);
    response.end('taken');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The receiver has no port');
  return {
    url: `http://127.0.0.1:${address.port}/webhooks`,
    /** The next delivery that nobody has asked for yet. */
    next: () => {
      const one = arrived.shift();
      return one ? Promise.resolve(one) : new Promise<Arrived>((resolve) => waiting.push(resolve));
    },
    close: () => server.close(),
  };
}

/** Whether the standard signature is good, by code that shares nothing with `lib/`. */
export function isSignedWith(secret: string, { headers, body }: Arrived): boolean {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : secret;
  const signed = Buffer.concat([
    Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.`),
    body,
  ]);
  const expected = Buffer.from(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
  return String(headers['webhook-signature'])
    .split(' ')
    .some((entry) => {
      const given = Buffer.from(entry);
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
}
