import { buildConnector } from 'undici';
import type { AddressPolicy } from './address';
import { SendError } from './errors';
import { Exchange } from './exchange';
import { Origins } from './origins';
import { createResolve, type Resolve } from './resolve';
import { Signals } from './signals';
import type { Egress, SendRequest, SendResult } from './types';

export interface EgressOptions {
  /** Judges every address before anything is sent to it. */
  readonly policy: AddressPolicy;
  /** Default: this machine's resolver. */
  readonly resolve?: Resolve;
  /** Requests to one origin beyond these wait for a free connection, within their deadline. Default 64. */
  readonly maxConnectionsPerOrigin?: number;
  /** Origins whose idle connections are kept open. Default 256. */
  readonly maxOrigins?: number;
  /** Whether `http:` is sent to at all. Default true. */
  readonly allowHttp?: boolean;
}

/** URLs that were parsed last: webhook after webhook, the same few. */
const REMEMBERED_URLS = 256;

function parseUrl(text: string, allowHttp: boolean): URL | SendError {
  const url = URL.parse(text);
  if (url === null) return new SendError('blocked', 'Nothing was sent: the URL is not valid.');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && allowHttp)) {
    return new SendError('blocked', `Nothing was sent to ${url.host}: ${url.protocol}// is not allowed.`);
  }
  if (url.username !== '' || url.password !== '') {
    return new SendError('blocked', `Nothing was sent to ${url.host}: the URL has a user name or password.`);
  }
  return url;
}

function unsent({ errorClass, message }: SendError): SendResult {
  const timings = { dnsMs: null, connectMs: null, firstByteMs: null };
  return { kind: 'unanswered', errorClass, message, durationMs: 0, address: null, timings };
}

/** The one door through which anything leaves for a receiver. */
export function createEgress({
  policy,
  resolve = createResolve(),
  maxConnectionsPerOrigin = 64,
  maxOrigins = 256,
  allowHttp = true,
}: EgressOptions): Egress {
  const secure = buildConnector({ timeout: 0, maxCachedSessions: maxOrigins });
  const origins = new Origins({ policy, resolve, secure }, { maxConnectionsPerOrigin, maxOrigins });
  const signals = new Signals();
  const inFlight = new Set<Exchange>();
  const urls = new Map<string, URL | SendError>();
  let isClosed = false;

  function urlOf(text: string): URL | SendError {
    const known = urls.get(text);
    if (known) return known;
    if (urls.size >= REMEMBERED_URLS) urls.clear();
    const url = parseUrl(text, allowHttp);
    urls.set(text, url);
    return url;
  }

  function start(url: URL, request: SendRequest): Promise<SendResult> {
    return new Promise((settle) => {
      const exchange = new Exchange(request, url.host, (result) => {
        inFlight.delete(exchange);
        if (exchange.carrier === null) origins.forget(url.origin, exchange);
        if (request.signal !== undefined) signals.forget(request.signal, exchange);
        settle(result);
      });
      inFlight.add(exchange);
      if (request.signal !== undefined) signals.watch(request.signal, exchange);
      origins.carry(url, exchange);
    });
  }

  return {
    async send(request) {
      if (isClosed || request.signal?.aborted === true) {
        return unsent(new SendError('aborted', 'The request was given up before it was sent.'));
      }
      const url = urlOf(request.url);
      return url instanceof SendError ? unsent(url) : start(url, request);
    },
    async close() {
      isClosed = true;
      for (const exchange of [...inFlight]) exchange.abort();
      await origins.destroy();
    },
  };
}
