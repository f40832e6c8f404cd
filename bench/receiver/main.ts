import { createServer, type Socket } from 'node:net';
import { z } from 'zod';
import { monotonicMs } from '../harness/clock.ts';
import { serve } from '../harness/rpc.ts';
import { cutRequests, type Incoming } from './parse.ts';
import { Tally } from './tally.ts';

/**
 * The receiver, in a process of its own: HTTP/1.1 over bare sockets, so that it takes as little of the
 * shared processors as it can. `/r/<webhook>/<status>/<delayMs>` says how it answers.
 */
const resetSchema = z.object({
  run: z.number(),
  events: z.number(),
  fanout: z.number(),
  secrets: z.array(z.string()),
  keepArrivals: z.boolean(),
});
let tally = new Tally({ run: 0, events: 0, fanout: 1, keys: [], keepArrivals: false });
let slowOpen = 0;
let slowPeak = 0;

function answer(socket: Socket, status: number): void {
  if (!socket.destroyed)
    socket.write(`HTTP/1.1 ${status} Bench\r\ncontent-length: 2\r\ncontent-type: text/plain\r\n\r\nok`);
}

function take(socket: Socket, { path, head, body }: Incoming): void {
  const [, , webhook = '0', status = '200', delayMs = '0'] = path.split('/');
  tally.take(Number(webhook), head, body, monotonicMs());
  if (delayMs === '0') {
    answer(socket, Number(status));
    return;
  }
  slowPeak = Math.max(slowPeak, ++slowOpen);
  setTimeout(() => {
    slowOpen--;
    answer(socket, Number(status));
  }, Number(delayMs));
}

const server = createServer({ noDelay: true, keepAlive: true }, (socket) => {
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    try {
      const cut = cutRequests(rest.length === 0 ? chunk : Buffer.concat([rest, chunk]));
      rest = cut.rest;
      for (const request of cut.requests) take(socket, request);
    } catch {
      socket.end('HTTP/1.1 411 Length Required\r\ncontent-length: 0\r\n\r\n');
    }
  });
  socket.on('error', () => socket.destroy());
});

serve({
  listen: () =>
    new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', 4_096, () => {
        const address = server.address();
        resolve(address !== null && typeof address === 'object' ? address.port : 0);
      });
    }),
  reset: (params) => {
    const { run, events, fanout, secrets, keepArrivals } = resetSchema.parse(params);
    const keys = secrets.map((secret) => Buffer.from(secret.replace(/^whsec_/, ''), 'base64'));
    tally = new Tally({ run, events, fanout, keys, keepArrivals });
    slowPeak = slowOpen;
  },
  counts: () => ({ ...tally.counts, slowPeak }),
  times: () => tally.firstAt,
  arrivals: () => tally.arrivals,
});
