import { createHmac, timingSafeEqual } from 'node:crypto';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';

/** Signatures as a receiver checks them: on the raw bytes, with code that shares nothing with the sender. */

export type Headers = Readonly<Record<string, string>>;
export type Verify = (headers: Headers, rawBody: Buffer, secret: string) => boolean;

const TOLERANCE_S = 5 * 60;

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Header names are matched whatever their case. */
function get(headers: Headers, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

/** Standard Webhooks 1.0.0 by hand: HMAC-SHA256 over `id.timestamp.body`, base64, any of the `v1` signatures. */
export function verifyStandard(
  headers: Headers,
  rawBody: Buffer,
  secret: string,
  nowMs = Date.now(),
): boolean {
  const id = get(headers, 'webhook-id');
  const timestamp = get(headers, 'webhook-timestamp');
  const signatures = get(headers, 'webhook-signature');
  if (!id || !timestamp || !signatures || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > TOLERANCE_S) return false;
  const key = secret.startsWith('whsec_')
    ? Buffer.from(secret.slice(6), 'base64')
    : Buffer.from(secret, 'utf8');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(rawBody).digest('base64');
  return signatures.split(' ').some((entry) => isSame(entry, `v1,${expected}`));
}

/** A contract's own header: HMAC-SHA256 over the raw body, keyed with the secret's UTF-8 bytes, hex after a prefix. */
export function verifyHex({ header, prefix }: { header: string; prefix: string }): Verify {
  return (headers, rawBody, secret) => {
    const expected = createHmac('sha256', Buffer.from(secret, 'utf8')).update(rawBody).digest('hex');
    return isSame(get(headers, header) ?? '', `${prefix}${expected}`);
  };
}

function accepts(verify: () => unknown): boolean {
  try {
    verify();
    return true;
  } catch {
    return false;
  }
}

function lowerCased(headers: Headers): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** The `standardwebhooks` library, as an integrator uses it: a `whsec_` secret as it is, any other raw. */
export const verifyWithStandardWebhooks: Verify = (headers, rawBody, secret) => {
  const webhook = secret.startsWith('whsec_')
    ? new StandardWebhook(secret)
    : new StandardWebhook(secret, { format: 'raw' });
  return accepts(() => webhook.verify(rawBody, lowerCased(headers)));
};

/** The `svix` library, likewise. */
export const verifyWithSvix: Verify = (headers, rawBody, secret) => {
  const webhook = secret.startsWith('whsec_')
    ? new SvixWebhook(secret)
    : new SvixWebhook(secret, { format: 'raw' });
  return accepts(() => webhook.verify(rawBody, lowerCased(headers)));
};
