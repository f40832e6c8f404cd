import { createHmac, timingSafeEqual } from 'node:crypto';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { describe, expect, test } from 'vitest';
import { allContracts, CONTRACTS } from '@/lib/contracts';
import type { ContractName } from '@/lib/contracts/contract';
import { newSecret } from '@/lib/contracts/secret';
import { deliveryVectors } from '@/tests/support/vectors';
import { contractHeaders } from './render';
import { signedHeaders } from './sign';

const sign = (vector: (typeof deliveryVectors)[number], body: string | Uint8Array = vector.body) =>
  signedHeaders(CONTRACTS[vector.contract], {
    ...vector,
    body,
    attemptedAt: new Date(vector.attemptedAtSeconds * 1000 + 999),
  });

test.each(deliveryVectors)('headers of $contract: $name', (vector) => {
  const attemptedAt = new Date(vector.attemptedAtSeconds * 1000);
  const own = contractHeaders(CONTRACTS[vector.contract], { ...vector, attemptedAt });
  expect({ ...own, ...sign(vector) }).toEqual(vector.headers);
});

test('text and its bytes have the same signatures', () => {
  for (const vector of deliveryVectors) expect(sign(vector, Buffer.from(vector.body))).toEqual(sign(vector));
});

const hex = (secret: string, payload: string) => createHmac('sha256', secret).update(payload).digest('hex');
const equal = (a: string, b: string) =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
const reprinted = (raw: string) => JSON.stringify(JSON.parse(raw));

/** What integrators run who copied the samples of the guides: header, and what they sign again. */
const receivers: Partial<
  Record<ContractName, { header: string; expected: (secret: string, raw: string) => string }>
> = {
  bpoc: { header: 'X-Webhook-Signature', expected: (secret, raw) => `sha256=${hex(secret, reprinted(raw))}` },
  'smart-hiring': { header: 'X-Webhook-Signature', expected: (secret, raw) => `sha256=${hex(secret, raw)}` },
  roleready: { header: 'X-Webhook-Signature', expected: (secret, raw) => hex(secret, reprinted(raw)) },
  skillora: {
    header: 'X-Webhook-Signature-256',
    expected: (secret, raw) => `sha256=${hex(secret, reprinted(raw))}`,
  },
  'hr-intelligence': { header: 'X-Webhook-Signature', expected: (secret, raw) => hex(secret, raw) },
};

test.each(deliveryVectors)("the guide's receiver takes $contract: $name", (vector) => {
  const receiver = receivers[vector.contract];
  const [newest = ''] = vector.secrets;
  const signature = sign(vector)[receiver?.header ?? 'webhook-signature'] ?? '';
  const expected = receiver?.expected(newest, vector.body) ?? vector.headers['webhook-signature'] ?? '';
  expect(equal(signature, expected)).toBe(true);
});

test("HR Intelligence's Node receiver, which prints the parsed body again, takes ASCII text", () => {
  const body = '{"data":{"priority":7,"query":"plain"},"event":"query.created"}';
  const headers = signedHeaders(CONTRACTS['hr-intelligence'], {
    body,
    deliveryId: 'd',
    attemptedAt: new Date(),
    secrets: ['wsk_live_x'],
  });
  expect(headers['X-Webhook-Signature']).toBe(hex('wsk_live_x', reprinted(body)));
});

describe('off-the-shelf libraries', () => {
  const libraries = [
    {
      library: 'standardwebhooks',
      verifier: (secret: string) =>
        secret.startsWith('whsec_')
          ? new StandardWebhook(secret)
          : new StandardWebhook(secret, { format: 'raw' }),
    },
    {
      library: 'svix',
      verifier: (secret: string) =>
        secret.startsWith('whsec_') ? new SvixWebhook(secret) : new SvixWebhook(secret, { format: 'raw' }),
    },
  ];
  const cases = allContracts.flatMap((contract) => libraries.map((library) => ({ contract, ...library })));

  test.each(cases)(
    '$library verifies $contract.name, each secret of a rotation alone',
    ({ contract, verifier }) => {
      const secrets = [1, 2].map((fill) =>
        newSecret(contract, (length) => new Uint8Array(length).fill(fill)),
      );
      const body = '{"name":"Zoë 😀"}';
      const signable = { body, deliveryId: 'msg_1', attemptedAt: new Date(), secrets };
      const headers = signedHeaders(contract, signable);
      for (const secret of secrets) {
        expect(() => verifier(secret).verify(body, headers)).not.toThrow();
        expect(() => verifier(secret).verify(`${body} `, headers)).toThrow();
      }
      const stranger = newSecret(contract, (length) => new Uint8Array(length).fill(3));
      expect(() => verifier(stranger).verify(body, headers)).toThrow();
    },
  );
});

test('the newest secret signs the header that has room for one', () => {
  const signable = { body: '{}', deliveryId: 'd', attemptedAt: new Date(0) };
  const both = signedHeaders(CONTRACTS.bpoc, { ...signable, secrets: ['new-secret', 'old-secret'] });
  const alone = signedHeaders(CONTRACTS.bpoc, { ...signable, secrets: ['new-secret'] });
  expect(both['X-Webhook-Signature']).toBe(alone['X-Webhook-Signature']);
  expect(both['webhook-signature']?.split(' ')).toHaveLength(2);
  expect(both['webhook-signature']?.split(' ')[0]).toBe(alone['webhook-signature']);
});

test('nothing is signed without a secret', () => {
  expect(() =>
    signedHeaders(CONTRACTS.standard, { body: '{}', deliveryId: 'd', attemptedAt: new Date(0), secrets: [] }),
  ).toThrow(RangeError);
});
