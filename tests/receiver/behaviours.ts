import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Responder } from './receiver';

type Headers = Readonly<Record<string, string>>;

/** How receivers behave and misbehave. Each gives a `Responder` for `receiver.respond`. */

export function status(
  code: number,
  { headers = {}, body = '' }: { headers?: Headers; body?: string | Buffer } = {},
): Responder {
  return (_, response) => void response.writeHead(code, headers).end(body);
}

/** Each request gets the next answer; the last one stays. */
export function inTurn(...responders: readonly [Responder, ...Responder[]]): Responder {
  let turn = 0;
  return (request, response) => {
    const responder = responders[Math.min(turn, responders.length - 1)] ?? responders[0];
    turn += 1;
    return responder(request, response);
  };
}

export function after(ms: number, then: Responder): Responder {
  return async (request, response) => {
    await sleep(ms);
    await then(request, response);
  };
}

/** Takes the request and never answers. */
export function hang(): Responder {
  return () => {};
}

/** Answers 200 and a part of the announced body, then nothing more. */
export function hangMidBody(): Responder {
  return (_, response) => void response.writeHead(200, { 'content-length': '1000' }).write('the beginning');
}

/** Answers 200 with a body of so many bytes, as fast as it is taken. */
export function stream(bytes: number, headers: Headers = {}): Responder {
  const chunk = Buffer.alloc(64 * 1024, 'a');
  return async (_, response) => {
    const closed = once(response, 'close');
    response.writeHead(200, headers);
    for (let sent = 0; sent < bytes && !response.destroyed; sent += chunk.length) {
      if (response.write(chunk)) continue;
      await Promise.race([once(response, 'drain'), closed]);
    }
    response.end();
  };
}

/** A few kilobytes that become `inflatedBytes` for who inflates them. */
export function gzipBomb(inflatedBytes: number): Responder {
  const body = gzipSync(Buffer.alloc(inflatedBytes), { level: 9 });
  return status(200, { headers: { 'content-encoding': 'gzip' }, body });
}

/** Answers 200, then a byte each interval, for ever. */
export function drip(intervalMs: number): Responder {
  return async (_, response) => {
    response.writeHead(200);
    while (!response.destroyed) {
      response.write('.');
      await sleep(intervalMs);
    }
  };
}

export function redirect(location: string, code = 302): Responder {
  return status(code, { headers: { location } });
}

export function retryAfter(value: string, code = 429): Responder {
  return status(code, { headers: { 'retry-after': value } });
}

/** Answers with the status line, headers and the beginning of a body, then breaks the connection. */
export function resetMidBody(code = 200): Responder {
  return async (_, response) => {
    response.writeHead(code, { 'content-length': '1000' }).write('the beginning');
    await sleep(20);
    response.socket?.resetAndDestroy();
  };
}

/** Breaks the connection without an answer: politely (FIN) or not (RST). */
export function closeWithoutAnswer(how: 'fin' | 'rst' = 'fin'): Responder {
  return (_, response) => {
    if (how === 'fin') response.socket?.destroy();
    else response.socket?.resetAndDestroy();
  };
}

/** Writes these bytes past HTTP, then ends the connection. */
export function raw(bytes: string | Buffer): Responder {
  return (_, response) => void response.socket?.end(bytes);
}

export function hugeHeaders(bytes: number): Responder {
  return raw(`HTTP/1.1 200 OK\r\nx-huge: ${'h'.repeat(bytes)}\r\ncontent-length: 0\r\n\r\n`);
}

/** Interim answers (RFC 9110, section 15.2) before the real one. */
export function informational(codes: readonly number[], then: Responder): Responder {
  return (request, response) => {
    for (const code of codes) response.socket?.write(`HTTP/1.1 ${code} Interim\r\nx-interim: 1\r\n\r\n`);
    return then(request, response);
  };
}
