/** Secrets at rest: AES-256-GCM with the operator's key, where there is one; as they are where there is none. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const MARK = 'sealed:v1:';

export interface Seal {
  seal(secret: string): string;
  /** Throws when the secret was sealed with another key, or there is no key. */
  unseal(stored: string): string;
}

/** `key`: 32 bytes, or null to keep secrets as they are (sealed ones then cannot be read). */
export function createSeal(key: Buffer | null): Seal {
  return {
    seal(secret) {
      if (!key) return secret;
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const sealed = Buffer.concat([iv, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return MARK + sealed.toString('base64');
    },
    unseal(stored) {
      if (!stored.startsWith(MARK)) return stored;
      if (!key) throw new Error('A secret is sealed, and HIREHOOK_ENCRYPTION_KEY is not set.');
      const sealed = Buffer.from(stored.slice(MARK.length), 'base64');
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
      decipher.setAuthTag(sealed.subarray(-16));
      return decipher.update(sealed.subarray(12, -16), undefined, 'utf8') + decipher.final('utf8');
    },
  };
}
