import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

/** A request as it came over the wire. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  /** Names and values by turns, as they were sent. */
  readonly rawHeaders: readonly string[];
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly rawBody: Buffer;
  readonly receivedAt: Date;
  /** Number of the TCP connection that it came on, from 1. */
  readonly connection: number;
  /** The name that the client asked for by TLS (SNI); null without TLS or without a name. */
  readonly servername: string | null;
}

/** Answers a request; `response.socket` is there for those who want to break HTTP. */
export type Responder = (request: ReceivedRequest, response: ServerResponse) => void | Promise<void>;

export interface ReceiverOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  readonly port?: number;
  /** PEM; makes it an HTTPS server. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

export interface Receiver {
  readonly url: string;
  readonly port: number;
  /** Every request whose body came whole, in order. */
  readonly requests: readonly ReceivedRequest[];
  /** TCP connections accepted so far. */
  readonly connections: number;
  /** TCP connections that are open now. */
  readonly openConnections: number;
  /** Requests until there are so many, or until one fits; rejects after `timeoutMs` (default 5000). */
  waitFor(
    wanted: number | ((request: ReceivedRequest) => boolean),
    timeoutMs?: number,
  ): Promise<readonly ReceivedRequest[]>;
  /** How to answer from now on; a number is a status with an empty body. At first: 200. */
  respond(how: number | Responder): void;
  /** Forgets the requests so far. */
  clear(): void;
  close(): Promise<void>;
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function joinHeaders(message: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );
}

function servernameOf(socket: Socket): string | null {
  return 'servername' in socket && typeof socket.servername === 'string' ? socket.servername : null;
}

/** Starts a real HTTP server on the loopback that records what comes and answers as it is told. */
export async function startReceiver({
  host = '127.0.0.1',
  port = 0,
  tls,
}: ReceiverOptions = {}): Promise<Receiver> {
  const requests: ReceivedRequest[] = [];
  const sockets = new Map<Socket, number>();
  const watchers = new Set<() => void>();
  let accepted = 0;
  let responder: Responder = (_, response) => void response.end();

  async function onRequest(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '', rawHeaders, socket } = message;
    try {
      const rawBody = await readBody(message);
      const connection = sockets.get(socket) ?? 0;
      const servername = servernameOf(socket);
      const headers = joinHeaders(message);
      const request = {
        method,
        path,
        rawHeaders,
        headers,
        rawBody,
        receivedAt: new Date(),
        connection,
        servername,
      };
      requests.push(request);
      for (const watcher of [...watchers]) watcher();
      await responder(request, response);
    } catch {
      socket.destroy();
    }
  }

  const listener = (message: IncomingMessage, response: ServerResponse) => void onRequest(message, response);
  const server = tls === undefined ? createHttpServer(listener) : createHttpsServer(tls, listener);
  server.on(tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => {
    accepted += 1;
    sockets.set(socket, accepted);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('The receiver has no port');
  const shownHost = host.includes(':') ? `[${host}]` : host;

  return {
    url: `${tls === undefined ? 'http' : 'https'}://${shownHost}:${address.port}`,
    port: address.port,
    requests,
    get connections() {
      return accepted;
    },
    get openConnections() {
      return sockets.size;
    },
    waitFor(wanted, timeoutMs = 5_000) {
      const isThere = () => (typeof wanted === 'number' ? requests.length >= wanted : requests.some(wanted));
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          watchers.delete(check);
          reject(
            new Error(`The receiver waited ${timeoutMs} ms in vain; requests so far: ${requests.length}`),
          );
        }, timeoutMs);
        function check(): void {
          if (!isThere()) return;
          clearTimeout(timer);
          watchers.delete(check);
          resolve([...requests]);
        }
        watchers.add(check);
        check();
      });
    },
    respond(how) {
      responder = typeof how === 'number' ? (_, response) => void response.writeHead(how).end() : how;
    },
    clear() {
      requests.length = 0;
    },
    close() {
      for (const socket of sockets.keys()) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
