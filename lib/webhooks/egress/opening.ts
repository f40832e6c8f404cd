import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import type { AddressPolicy } from './address';
import { literalAddress } from './check-url';
import { dial } from './dial';
import { dialError, dnsError, SendError, seconds, tlsError } from './errors';
import type { Resolve } from './resolve';

export interface Target {
  readonly protocol: string;
  readonly hostname: string;
  readonly port: number;
  /** Name and port, as in the URL. */
  readonly host: string;
}

export interface OpeningRules {
  readonly policy: AddressPolicy;
  readonly resolve: Resolve;
  /** Puts TLS on a connected socket; SNI and the certificate's name are the target's. */
  readonly secure: buildConnector.connector;
}

/**
 * Makes one connection that may be used: resolves, judges every address, connects to one that was judged, judges
 * the address that was really reached, and adds TLS. A name that has any refused address is refused whole, and
 * nothing is asked twice, so a name server that changes its mind gains nothing.
 */
export class Opening {
  /** The address reached, or tried last. */
  address: string | null = null;
  dnsMs: number | null = null;
  connectMs: number | null = null;
  #stage: 'dns' | 'tcp' | 'tls' = 'dns';
  readonly #cancel = new AbortController();

  constructor(
    readonly target: Target,
    readonly rules: OpeningRules,
  ) {}

  /** Rejects with a `SendError` only; within `connectMs`. */
  async run(connectMs: number): Promise<Socket> {
    const timer = setTimeout(() => this.cancel(this.timeoutError(connectMs)), connectMs);
    const startedAt = performance.now();
    try {
      const addresses = await this.#lookUp();
      const resolvedAt = performance.now();
      this.dnsMs = resolvedAt - startedAt;
      const socket = await this.#connect(addresses);
      this.connectMs = performance.now() - resolvedAt;
      return socket;
    } finally {
      clearTimeout(timer);
    }
  }

  cancel(error: SendError): void {
    this.#cancel.abort(error);
  }

  /** What to say when time runs out now: it depends on how far the connection came. */
  timeoutError(waitedMs: number): SendError {
    const { host, hostname } = this.target;
    const time = seconds(waitedMs);
    if (this.#stage === 'dns')
      return new SendError('dns', `The name ${hostname} was not found within ${time}.`);
    const what = this.#stage === 'tcp' ? 'accept a connection' : 'finish the TLS handshake';
    return new SendError('timeout_connect', `${host} did not ${what} within ${time}.`);
  }

  async #lookUp(): Promise<readonly string[]> {
    const { hostname, host } = this.target;
    const literal = literalAddress(hostname);
    const addresses = literal === null ? await this.#resolve(hostname) : [literal];
    for (const address of addresses) this.#judge(address);
    if (addresses.length === 0) throw dnsError(host, null);
    return addresses;
  }

  async #resolve(hostname: string): Promise<readonly string[]> {
    const { signal } = this.#cancel;
    const cancelled = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    try {
      return await Promise.race([this.rules.resolve(hostname), cancelled]);
    } catch (error) {
      throw error instanceof SendError ? error : dnsError(hostname, error);
    }
  }

  #judge(address: string): void {
    const verdict = this.rules.policy(address);
    if (verdict.allowed) return;
    this.address = address;
    throw new SendError('blocked', `Nothing was sent to ${this.target.hostname}: ${verdict.reason}.`);
  }

  async #connect(addresses: readonly string[]): Promise<Socket> {
    this.#stage = 'tcp';
    const { signal } = this.#cancel;
    let socket: Socket;
    try {
      socket = await dial(addresses, this.target.port, signal, (address) => {
        this.address = address;
      });
    } catch (error) {
      throw error instanceof SendError ? error : dialError(this.target.host, error);
    }
    try {
      // The kernel, a proxy or a socket option could have led elsewhere; no byte has been sent yet.
      this.address = socket.remoteAddress ?? null;
      this.#judge(socket.remoteAddress ?? 'an unknown address');
      return this.target.protocol === 'https:' ? await this.#secure(socket) : socket;
    } catch (error) {
      socket.destroy();
      throw error;
    }
  }

  #secure(socket: Socket): Promise<Socket> {
    this.#stage = 'tls';
    const { protocol, hostname, host, port } = this.target;
    const { signal } = this.#cancel;
    return new Promise((resolve, reject) => {
      const onAbort = () => reject(signal.reason);
      signal.addEventListener('abort', onAbort, { once: true });
      const options = { protocol, hostname, host, port: String(port), httpSocket: socket };
      this.rules.secure(options, (...[error, secured]) => {
        signal.removeEventListener('abort', onAbort);
        if (error === null) resolve(secured);
        else reject(tlsError(host, error));
      });
    });
  }
}
