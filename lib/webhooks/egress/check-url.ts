import { isIP } from 'node:net';
import type { AddressPolicy } from './address';

const MAX_URL_LENGTH = 2048;

type UrlVerdict = { readonly ok: true } | { readonly ok: false; readonly reason: string };

interface UrlRules {
  readonly policy: AddressPolicy;
  /** Whether `http:` will do, or only `https:`. */
  readonly allowHttp: boolean;
}

function refuse(reason: string): UrlVerdict {
  return { ok: false, reason };
}

/** The IP address that a URL names without DNS, null for a name. `URL` has already unified the spellings. */
export function literalAddress(hostname: string): string | null {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  return isIP(bare) === 0 ? null : bare;
}

/** Whether a name means this machine without asking DNS (RFC 6761, section 6.3). */
export function isLocalhost(hostname: string): boolean {
  const name = hostname.endsWith('.') ? hostname.slice(0, -1) : hostname;
  return name === 'localhost' || name.endsWith('.localhost');
}

/**
 * Judges a receiver's URL when it is entered: absolute http(s), no credentials, at most 2048 characters, and no
 * address or name that the policy refuses without asking DNS. What DNS says is judged at each connection.
 * The reason is one sentence.
 */
export function checkUrl(text: string, { policy, allowHttp }: UrlRules): UrlVerdict {
  if (text.length > MAX_URL_LENGTH) return refuse(`The URL is longer than ${MAX_URL_LENGTH} characters.`);
  // `URL` silently drops blanks and line ends, and turns backslashes round: what was entered must be what is called.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u0020\u007f\\]/.test(text))
    return refuse('The URL must not contain spaces, line breaks or backslashes.');
  const scheme = allowHttp ? 'https:// or http://' : 'https://';
  if (!/^https?:\/\/[^/]/i.test(text) || !URL.canParse(text)) {
    return refuse(`The URL must be absolute and begin with ${scheme}.`);
  }
  const url = new URL(text);
  if (url.protocol === 'http:' && !allowHttp)
    return refuse('The URL must begin with https://, so that nobody can read along.');
  if (url.username !== '' || url.password !== '')
    return refuse('The URL must not contain a user name or password.');
  if (url.port === '0') return refuse('The URL must not name port 0.');

  if (isLocalhost(url.hostname) && !policy('127.0.0.1').allowed) {
    return refuse(`The URL must be reachable from the internet: ${url.hostname} is this machine.`);
  }
  const literal = literalAddress(url.hostname);
  const verdict = literal === null ? null : policy(literal);
  return verdict === null || verdict.allowed
    ? { ok: true }
    : refuse(`The URL is not allowed: ${verdict.reason}.`);
}
