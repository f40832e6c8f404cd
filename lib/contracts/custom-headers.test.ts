import { describe, expect, test } from 'vitest';
import { contractHeaders } from '../webhooks/render';
import { signedHeaders } from '../webhooks/sign';
import { checkCustomHeaders, reservedHeaderNames } from './custom-headers';
import { allContracts } from './index';

test('every header that a delivery carries is reserved', () => {
  for (const contract of allContracts) {
    const event = { type: 'test', data: {}, occurredAt: new Date(0) };
    const sent = { event, deliveryId: 'd', webhookId: 'w', attemptedAt: new Date(0) };
    const names = [
      ...Object.keys(contractHeaders(contract, sent)),
      ...Object.keys(signedHeaders(contract, { ...sent, body: '{}', secrets: ['a-secret'] })),
    ];
    for (const name of names) expect(reservedHeaderNames().has(name.toLowerCase()), name).toBe(true);
  }
});

test('what callers usually set is taken as it is', () => {
  const headers = { Authorization: 'Bearer abc.def', 'X-Tenant': 'a b', 'x-empty': '', Cookie: 'a=1; b="2"' };
  expect(checkCustomHeaders(headers)).toEqual({ ok: true, headers });
  expect(checkCustomHeaders({})).toEqual({ ok: true, headers: {} });
});

test('blanks around a value are dropped', () => {
  expect(checkCustomHeaders({ 'X-A': ' \t1 2\t ' })).toEqual({ ok: true, headers: { 'X-A': '1 2' } });
});

describe('refuses', () => {
  test.each([
    'Host',
    'content-length',
    'Transfer-Encoding',
    'CONNECTION',
    'Expect',
    'Content-Type',
    'user-agent',
    'Webhook-Id',
    'webhook-signature',
    'x-webhook-signature',
    'X-Webhook-Signature-256',
    'X-WEBHOOK-DELIVERY',
    'X-Webhook-ID',
  ])('%s, which the delivery sets itself', (name) => {
    expect(checkCustomHeaders({ [name]: 'x' })).toEqual({
      ok: false,
      issues: [{ path: [name], message: expect.stringContaining('cannot be replaced') }],
    });
  });

  test.each(['', 'a b', 'a:', 'naïve', 'a\r\nb', '(a)'])('the name %j', (name) => {
    expect(checkCustomHeaders({ [name]: 'x' }).ok).toBe(false);
  });

  test.each(['a\r\nX-Evil: 1', 'a\n', 'a\u0000', 'é', '\u007f', 'x'.repeat(4097)])(
    'the value %j',
    (value) => {
      expect(checkCustomHeaders({ 'X-A': value }).ok).toBe(false);
    },
  );

  test('a name in two spellings, a name too long, and more than 20', () => {
    expect(checkCustomHeaders({ 'X-A': '1', 'x-a': '2' })).toMatchObject({ issues: [{ path: ['x-a'] }] });
    expect(checkCustomHeaders({ ['x'.repeat(101)]: '1' }).ok).toBe(false);
    const many = Array.from({ length: 21 }, (_, index) => [`X-${index}`, '1']);
    expect(checkCustomHeaders(Object.fromEntries(many)).ok).toBe(false);
    expect(checkCustomHeaders(Object.fromEntries(many.slice(1))).ok).toBe(true);
  });
});
