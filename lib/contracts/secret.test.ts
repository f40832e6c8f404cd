import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ContractName } from './contract';
import { allContracts } from './index';
import { checkCustomSecret, newSecret } from './secret';

const FORMS: Record<ContractName, RegExp> = {
  bpoc: /^whsec_[A-Za-z0-9+/]{43}=$/,
  'smart-hiring': /^whsec_[A-Za-z0-9+/]{43}=$/,
  roleready: /^[0-9a-f]{64}$/,
  skillora: /^whsec_[A-Za-z0-9+/]{43}=$/,
  'hr-intelligence': /^wsk_live_[A-Za-z0-9_-]{43}$/,
  standard: /^whsec_[A-Za-z0-9+/]{43}=$/,
};

test.each(allContracts)(
  'a new secret of $name has the form of its guide, and would do as a custom one',
  (contract) => {
    for (let round = 0; round < 50; round++) {
      const secret = newSecret(contract, randomBytes);
      expect(secret).toMatch(FORMS[contract.name]);
      expect(checkCustomSecret(secret)).toEqual({ ok: true });
    }
  },
);

test('a new secret holds the very bytes that were drawn', () => {
  const drawn = Uint8Array.from({ length: 32 }, (_, index) => 255 - index);
  for (const contract of allContracts) {
    const secret = newSecret(contract, () => drawn);
    const { prefix, encoding } = contract.secret;
    expect(Buffer.from(secret.slice(prefix.length), encoding)).toEqual(Buffer.from(drawn));
  }
});

describe('a custom secret', () => {
  const encoded = (bytes: number) => `whsec_${Buffer.alloc(bytes, 0xfb).toString('base64')}`;

  test.each([
    'your-custom-secret-key',
    '12345678',
    'x'.repeat(256),
    'Schlüssel 🔑 mit Umlaut',
    'WHSEC_not-base64',
    encoded(24),
    encoded(64),
  ])('%j is taken', (secret) => {
    expect(checkCustomSecret(secret)).toEqual({ ok: true });
  });

  test.each([
    ['', 'characters long'],
    ['1234567', 'characters long'],
    ['x'.repeat(257), 'characters long'],
    [' leading', 'blank'],
    ['trailing\u00a0', 'blank'],
    ['two\nlines', 'printable'],
    ['a\u0000bcdefgh', 'printable'],
    ['zero\u200bwidth', 'printable'],
    ['half a pair \ud83d', 'printable'],
    ['whsec_', 'base64'],
    ['whsec_my-own-secret', 'base64'],
    [encoded(23), 'base64'],
    [encoded(65), 'base64'],
    [encoded(32).slice(0, -1), 'base64'],
    [`${encoded(32)}\n`, 'base64'],
    [encoded(33).replaceAll('+', '-'), 'base64'],
  ])('%j is refused', (secret, reason) => {
    expect(checkCustomSecret(secret)).toEqual({ ok: false, message: expect.stringContaining(reason) });
  });
});
