import type { Socket } from 'node:net';
import { type buildConnector, Client } from 'undici';
import { SendError } from './errors';
import type { Carrier, Exchange } from './exchange';
import { Opening, type OpeningRules, type Target } from './opening';
import { LIMITS } from './types';

/** Shorter than the 5 s after which common servers close an idle connection; a server's own hint is kept, up to the maximum. */
const KEEP_ALIVE_MS = 4_000;
const KEEP_ALIVE_MAX_MS = 10_000;

export interface ConnectionEvents {
  /** The last answer was read to its end, and the next exchange may be carried. */
  onFree(connection: Connection): void;
  /** Never to be used again. */
  onGone(connection: Connection): void;
}

/**
 * Carries one exchange after another to one origin over a checked connection, and connects again when need be.
 * undici's `Client` speaks HTTP and keeps the connection alive; its own coarse timers are off, since every exchange
 * has its deadline. After anything but a complete answer the connection is thrown away.
 */
export class Connection implements Carrier {
  address: string | null = null;
  #exchange: Exchange | null = null;
  #opening: Opening | null = null;
  #isGone = false;
  readonly #client: Client;

  constructor(
    readonly origin: string,
    readonly target: Target,
    readonly rules: OpeningRules,
    readonly events: ConnectionEvents,
  ) {
    this.#client = new Client(origin, {
      connect: (_, callback) => this.#open(callback),
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MAX_MS,
      maxHeaderSize: LIMITS.headerBytesAccepted,
    });
    this.#client.on('disconnect', () => {
      if (this.#exchange === null) void this.destroy();
    });
  }

  carry(exchange: Exchange, path: string): void {
    this.#exchange = exchange;
    exchange.carrier = this;
    const { method, headers, body } = exchange.request;
    this.#client.dispatch({ path, method, headers, body }, exchange);
  }

  done(exchange: Exchange, reusable: boolean): void {
    if (this.#exchange !== exchange) return;
    this.#exchange = null;
    if (reusable) this.events.onFree(this);
    else void this.destroy();
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  /** Ends whatever it does; resolves when the socket is closed. */
  async destroy(): Promise<void> {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#opening?.cancel(new SendError('aborted', 'The connection is no longer wanted.'));
    const closed = this.#client.destroy();
    this.events.onGone(this);
    await closed;
  }

  #open(callback: buildConnector.Callback): void {
    const exchange = this.#exchange;
    if (exchange === null || this.#isGone) {
      callback(new SendError('aborted', 'Nobody needs this connection.'), null);
      return;
    }
    const opening = new Opening(this.target, this.rules);
    this.#opening = opening;
    exchange.opening = opening;
    opening.run(exchange.request.timeouts.connectMs).then(
      (socket: Socket) => {
        this.#opening = null;
        this.address = opening.address;
        callback(null, socket);
      },
      (error: Error) => {
        this.#opening = null;
        callback(error, null);
      },
    );
  }
}
