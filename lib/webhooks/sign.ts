import { createHmac } from 'node:crypto';
import type { Contract } from '@/lib/contracts/contract';
import { ENCODED_KEY_PREFIX } from '@/lib/contracts/secret';

export interface Signable {
  /** The body as it is sent; text stands for its UTF-8 bytes. */
  readonly body: string | Uint8Array;
  readonly deliveryId: string;
  readonly attemptedAt: Date;
  /** Every secret that is valid now, the newest first. */
  readonly secrets: readonly string[];
}

/** The HMAC key of `webhook-signature`: what `whsec_` encodes, or the secret's own UTF-8 bytes. */
function standardKey(secret: string): string | Buffer {
  return secret.startsWith(ENCODED_KEY_PREFIX)
    ? Buffer.from(secret.slice(ENCODED_KEY_PREFIX.length), 'base64')
    : secret;
}

/**
 * The signature headers of one attempt: the contract's own, made with the newest secret, and those
 * of Standard Webhooks 1.0.0, with one `v1` entry for each secret. Throws a RangeError when there is
 * no secret: nothing is sent unsigned.
 */
export function signedHeaders(contract: Contract, signable: Signable): Record<string, string> {
  const { body, deliveryId, attemptedAt, secrets } = signable;
  const [newest] = secrets;
  if (newest === undefined) throw new RangeError('A delivery needs at least one secret to be signed with');
  const timestamp = Math.floor(attemptedAt.getTime() / 1000);
  const headers: Record<string, string> = {};
  if (contract.signature) {
    const { header, prefix } = contract.signature;
    headers[header] = prefix + createHmac('sha256', newest).update(body).digest('hex');
  }
  headers['webhook-id'] = deliveryId;
  headers['webhook-timestamp'] = String(timestamp);
  headers['webhook-signature'] = secrets
    .map((secret) => {
      const hmac = createHmac('sha256', standardKey(secret)).update(`${deliveryId}.${timestamp}.`);
      return `v1,${hmac.update(body).digest('base64')}`;
    })
    .join(' ');
  return headers;
}
