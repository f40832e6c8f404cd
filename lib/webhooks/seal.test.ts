import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSeal } from './seal';

const secret = 'whsec_ünïcode/secret==';

describe('a seal', () => {
  it('gives the secret back, and shows nothing of it', () => {
    const seal = createSeal(randomBytes(32));
    const sealed = seal.seal(secret);
    expect(sealed).not.toContain('secret');
    expect(Buffer.from(sealed.split(':').at(-1) ?? '', 'base64').includes(Buffer.from(secret))).toBe(false);
    expect(seal.unseal(sealed)).toBe(secret);
  });

  it('never seals twice alike', () => {
    const seal = createSeal(randomBytes(32));
    expect(seal.seal(secret)).not.toBe(seal.seal(secret));
  });

  it('opens with no other key, and not when a bit was changed', () => {
    const key = randomBytes(32);
    const sealed = createSeal(key).seal(secret);
    expect(() => createSeal(randomBytes(32)).unseal(sealed)).toThrow();
    const bytes = Buffer.from(sealed.slice('sealed:v1:'.length), 'base64');
    for (const at of [0, 14, bytes.length - 1]) {
      const spoiled = Buffer.from(bytes);
      spoiled[at] = (spoiled[at] ?? 0) ^ 1;
      expect(() => createSeal(key).unseal(`sealed:v1:${spoiled.toString('base64')}`)).toThrow();
    }
  });

  it('without a key keeps secrets as they are, and says what is missing for a sealed one', () => {
    const none = createSeal(null);
    expect(none.unseal(none.seal(secret))).toBe(secret);
    expect(() => none.unseal(createSeal(randomBytes(32)).seal(secret))).toThrow('HIREHOOK_ENCRYPTION_KEY');
  });

  it('opens what was stored before there was a key', () => {
    expect(createSeal(randomBytes(32)).unseal(secret)).toBe(secret);
  });
});
