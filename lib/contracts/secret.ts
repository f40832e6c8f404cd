import type { Contract } from './contract';

/** A secret that begins so is the base64 of its key in Standard Webhooks; any other is its own key. */
export const ENCODED_KEY_PREFIX = 'whsec_';

const MIN_KEY_BYTES = 24;
const MAX_KEY_BYTES = 64;
const MIN_LENGTH = 8;
const MAX_LENGTH = 256;

/** Makes a secret in the form that the contract's guide shows. `randomBytes` must be cryptographic. */
export function newSecret(contract: Contract, randomBytes: (length: number) => Uint8Array): string {
  const { prefix, bytes, encoding } = contract.secret;
  return prefix + Buffer.from(randomBytes(bytes)).toString(encoding);
}

export type CheckedSecret = { readonly ok: true } | { readonly ok: false; readonly message: string };

const refuse = (message: string): CheckedSecret => ({ ok: false, message });

function checkEncodedKey(encoded: string): CheckedSecret {
  const key = Buffer.from(encoded, 'base64');
  const isCanonical = key.toString('base64') === encoded;
  return isCanonical && key.length >= MIN_KEY_BYTES && key.length <= MAX_KEY_BYTES
    ? { ok: true }
    : refuse(
        `A secret that begins with whsec_ must go on with the base64 (with padding) of ${MIN_KEY_BYTES} to ${MAX_KEY_BYTES} bytes.`,
      );
}

/**
 * Checks a secret that a caller brings. One that begins with `whsec_` must be the standard, padded
 * base64 of 24 to 64 bytes, since every Standard Webhooks library decodes it. Any other is 8 to 256
 * printable characters that neither begin nor end with a blank: its UTF-8 bytes are the key, so what
 * cannot be copied faithfully must not be in it.
 */
export function checkCustomSecret(secret: string): CheckedSecret {
  if (secret.startsWith(ENCODED_KEY_PREFIX)) return checkEncodedKey(secret.slice(ENCODED_KEY_PREFIX.length));
  if (secret.length < MIN_LENGTH || secret.length > MAX_LENGTH) {
    return refuse(`A secret must be ${MIN_LENGTH} to ${MAX_LENGTH} characters long.`);
  }
  if (!secret.isWellFormed() || /[\p{C}\p{Zl}\p{Zp}]/u.test(secret)) {
    return refuse('A secret must hold printable characters only.');
  }
  if (secret.trim() !== secret) return refuse('A secret must not begin or end with a blank.');
  return { ok: true };
}
