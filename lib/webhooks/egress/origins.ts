import { Connection } from './connection';
import type { Exchange } from './exchange';
import type { OpeningRules, Target } from './opening';

interface Origin {
  readonly name: string;
  readonly target: Target;
  readonly connections: Set<Connection>;
  /** The one used last is at the end, and is used next: it is the least likely to have been closed. */
  readonly free: Connection[];
  /** Exchanges that wait for a connection, in order, with their paths. */
  readonly waiting: Map<Exchange, string>;
}

export interface OriginLimits {
  readonly maxConnectionsPerOrigin: number;
  readonly maxOrigins: number;
}

/**
 * The connections of all origins: each has its own, so that a receiver that hangs holds up nobody else. An origin
 * is forgotten when its last connection is gone; past `maxOrigins`, those unused for longest lose theirs early.
 */
export class Origins {
  /** From the least to the most recently used. */
  readonly #origins = new Map<string, Origin>();

  constructor(
    readonly rules: OpeningRules,
    readonly limits: OriginLimits,
  ) {}

  carry(url: URL, exchange: Exchange): void {
    const origin = this.#origins.get(url.origin) ?? this.#add(url);
    const path = url.pathname + url.search;
    const connection = origin.free.pop() ?? this.#connect(origin);
    if (connection === null) origin.waiting.set(exchange, path);
    else connection.carry(exchange, path);
  }

  /** An exchange that no longer waits. */
  forget(origin: string, exchange: Exchange): void {
    this.#origins.get(origin)?.waiting.delete(exchange);
  }

  /** Resolves when every socket is closed. */
  async destroy(): Promise<void> {
    const connections = [...this.#origins.values()].flatMap((origin) => [...origin.connections]);
    await Promise.all(connections.map((connection) => connection.destroy()));
  }

  #add({ origin: name, protocol, hostname, port, host }: URL): Origin {
    const defaultPort = protocol === 'https:' ? 443 : 80;
    const target = { protocol, hostname, host, port: port === '' ? defaultPort : Number(port) };
    const origin = { name, target, connections: new Set<Connection>(), free: [], waiting: new Map() };
    this.#origins.set(name, origin);
    this.#evict();
    return origin;
  }

  /** Where there are too many origins, forgets the least recently used one that is doing nothing. */
  #evict(): void {
    if (this.#origins.size <= this.limits.maxOrigins) return;
    for (const { name, connections, free } of this.#origins.values()) {
      if (connections.size === 0 || free.length < connections.size) continue;
      this.#origins.delete(name);
      for (const connection of [...connections]) void connection.destroy();
      return;
    }
  }

  #connect(origin: Origin): Connection | null {
    if (origin.connections.size >= this.limits.maxConnectionsPerOrigin) return null;
    const connection = new Connection(origin.name, origin.target, this.rules, {
      onFree: (free) => this.#onFree(origin, free),
      onGone: (gone) => this.#onGone(origin, gone),
    });
    origin.connections.add(connection);
    return connection;
  }

  #onFree(origin: Origin, connection: Connection): void {
    if (origin.waiting.size === 0) {
      origin.free.push(connection);
      if (origin.free.length === origin.connections.size) this.#markUsed(origin);
      return;
    }
    // Not from within undici's parser: it may yet find bytes past the answer, and looks for such before it sends
    // only on a connection that had nothing queued when the last answer ended.
    queueMicrotask(() => this.#serve(origin, connection));
  }

  #onGone(origin: Origin, connection: Connection): void {
    origin.connections.delete(connection);
    const index = origin.free.indexOf(connection);
    if (index !== -1) origin.free.splice(index, 1);
    queueMicrotask(() => {
      if (origin.waiting.size > 0) {
        const fresh = this.#connect(origin);
        if (fresh !== null) this.#serve(origin, fresh);
      } else if (origin.connections.size === 0 && this.#origins.get(origin.name) === origin) {
        this.#origins.delete(origin.name);
      }
    });
  }

  #serve(origin: Origin, connection: Connection): void {
    if (connection.isGone) return;
    const next = origin.waiting.entries().next();
    if (next.done) {
      origin.free.push(connection);
      return;
    }
    const [exchange, path] = next.value;
    origin.waiting.delete(exchange);
    connection.carry(exchange, path);
  }

  #markUsed(origin: Origin): void {
    if (this.#origins.get(origin.name) !== origin) return;
    this.#origins.delete(origin.name);
    this.#origins.set(origin.name, origin);
    this.#evict();
  }
}
