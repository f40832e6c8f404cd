import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type RunningApp, startApp } from '@/tests/support/app';
import { type Answer, callerOf, createWebhook, offer, sentence } from './support';

let app: RunningApp;
let call: ReturnType<typeof callerOf>;
let key: string;

beforeAll(async () => {
  app = await startApp({ timeoutMs: 400_000 });
  call = callerOf(app);
  key = app.demo.apiKey;
}, 420_000);
afterAll(() => app?.stop());

const counts = async () => ({
  events: (await call('/api/recruiter/webhooks/events?limit=100', { token: key })).text,
  webhooks: (await call('/api/recruiter/webhooks', { token: key })).text,
  keys: (await call('/api/recruiter/api-keys', { token: key })).text.replaceAll(/"last_used_at":[^,}]*/g, ''),
});

async function refused(answer: Promise<Answer>, status: number): Promise<string> {
  const got = await answer;
  expect(`${got.status} ${got.text.slice(0, 300)}`).toMatch(new RegExp(`^${status} `));
  return sentence(got);
}

const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const withData = (extra: Record<string, unknown>) => ({ ...offer(), data: { ...offer().data, ...extra } });

describe('publishing', () => {
  it.each<[string, number, Parameters<ReturnType<typeof callerOf>>[1]]>([
    ['malformed JSON', 400, { raw: '{"type":' }],
    ['no body', 400, { method: 'POST' }],
    ['bytes that are not UTF-8', 400, { raw: new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]) }],
    ['JSON null', 400, { raw: 'null' }],
    ['an array', 400, { body: [offer()] }],
    ['a type that is no string', 400, { body: { ...offer(), type: 7 } }],
    ['an unknown type', 400, { body: { ...offer(), type: 'offer.acepted' } }],
    ['a field that is not known', 400, { body: { ...offer(), organizationId: 'x' } }],
    ['no data', 400, { body: { type: 'offer.accepted' } }],
    ['data of a wrong type', 400, { body: withData({ offerId: 7 }) }],
    ['data with U+0000', 400, { body: withData({ reason: 'a\u0000b' }) }],
    ['data with half a surrogate pair', 400, { raw: JSON.stringify(withData({ reason: '\ud800' })) }],
    ['data nested without end', 400, { raw: `{"type":"offer.accepted","data":${deep(100_000)}}` }],
    ['data in __proto__', 400, { raw: '{"type":"offer.accepted","data":{"__proto__":{"offerId":"a"}}}' }],
    ['a userId with U+0000', 400, { body: { ...offer(), userId: 'a\u0000' } }],
    ['a userId with half a surrogate pair', 400, { body: { ...offer(), userId: '\ud800' } }],
    ['a time that is none', 400, { body: { ...offer(), occurredAt: 'yesterday' } }],
    ['a time in the year 0', 400, { body: { ...offer(), occurredAt: '0000-01-01T00:00:00Z' } }],
    ['a time in the year 10000', 400, { body: { ...offer(), occurredAt: '9999-12-31T23:59:59-12:00' } }],
    [
      'an idempotency key of 256 characters',
      400,
      { body: offer(), headers: { 'idempotency-key': 'k'.repeat(256) } },
    ],
    ['an event over 256 KiB', 413, { body: offer('r'.repeat(263_000)) }],
    ['a request over 4 MiB', 413, { raw: ' '.repeat(4 * 1024 * 1024 + 1) }],
  ])('%s → %i', async (_, status, init) => {
    const before = await counts();
    await refused(call('/api/v1/events', { token: key, ...init }), status);
    expect(await counts()).toEqual(before);
  });

  it('a path that there is not → 404 as JSON, not a page', async () => {
    for (const method of ['GET', 'POST', 'DELETE'])
      await refused(call('/api/recruiter/webhook', { token: key, method }), 404);
  });

  it('a wrong method → 405 that says which ones there are', async () => {
    for (const target of ['/api/v1/events', '/api/v1/events/batch']) {
      const answer = await call(target, { token: key, method: 'DELETE' });
      expect(answer.headers.get('allow')).toBe('POST');
      expect(await refused(Promise.resolve(answer), 405)).toContain('POST');
    }
    await refused(call('/api/cron/webhook-retries', { method: 'POST', token: app.demo.cronSecret }), 405);
    await refused(call('/api/health', { method: 'POST' }), 405);
  });

  it('one bad event of a batch spoils no other', async () => {
    const events = [
      offer(),
      { ...offer(), userId: 'a\u0000' },
      { ...offer(), occurredAt: '0000-01-01T00:00:00Z' },
      withData({ reason: '\ud800' }),
      { ...offer(), type: 'no.such' },
      7,
      offer('r'.repeat(263_000)),
      offer(),
    ];
    const answer = await call('/api/v1/events/batch', { token: key, body: { events } });
    expect(answer.status).toBe(202);
    const { results } = z.object({ results: z.array(z.record(z.string(), z.unknown())) }).parse(answer.json);
    expect(results.map((one) => 'error' in one)).toEqual([false, true, true, true, true, true, true, false]);
  });

  it.each([
    ['no events', { events: [] }],
    ['more than 1000', { events: Array.from({ length: 1001 }, () => 1) }],
    ['no list', { events: 'all' }],
    ['something else beside', { events: [offer()], more: 1 }],
  ])('a batch with %s → 400', async (_, body) => {
    await refused(call('/api/v1/events/batch', { token: key, body }), 400);
  });
});

describe('webhooks', () => {
  const good = { url: 'http://127.0.0.1:9/', events: ['offer.accepted'] };
  it.each<[string, Record<string, unknown>]>([
    ['a relative URL', { ...good, url: '/hook' }],
    ['another scheme', { ...good, url: 'ftp://example.com/' }],
    ['credentials', { ...good, url: 'https://user:pass@example.com/' }],
    ['2049 characters', { ...good, url: `https://example.com/${'a'.repeat(2029)}` }],
    ['a private address', { ...good, url: 'http://10.0.0.1/' }],
    ['the metadata address', { ...good, url: 'http://169.254.169.254/latest' }],
    ['a private address in disguise', { ...good, url: 'http://0xa9fea9fe/' }],
    ['a private IPv6 address', { ...good, url: 'http://[fd00::1]/' }],
    ['an unknown event', { ...good, events: ['offer.nothing'] }],
    ['a wildcard of nothing', { ...good, events: ['nothing.*'] }],
    ['no events', { ...good, events: [] }],
    ['events that are no list', { ...good, events: 'offer.accepted' }],
    ['a header that sets the length', { ...good, headers: { 'Content-Length': '1' } }],
    ['a header with a line break', { ...good, headers: { 'X-A': 'a\r\nX-B: b' } }],
    [
      'headers that are too much together',
      { ...good, headers: Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`x-${n}`, 'v'])) },
    ],
    ['a header that is no text', { ...good, headers: { 'X-A': 5 } }],
    ['a description of 501 characters', { ...good, description: 'd'.repeat(501) }],
    ['a description with U+0000', { ...good, description: 'a\u0000b' }],
    ['an unknown contract', { ...good, contract: 'acme' }],
    ['a field that is not known', { ...good, organization_id: 'x' }],
    ['a secret of its own', { ...good, secret: 'whsec_AAAA' }],
  ])('%s → 400, creating and changing', async (_, body) => {
    const { id } = await createWebhook(app, key, good);
    const before = await counts();
    await refused(call('/api/recruiter/webhooks', { token: key, body }), 400);
    const { contract: _contract, ...patch } = body;
    if (!('contract' in body))
      await refused(call(`/api/recruiter/webhooks/${id}`, { token: key, method: 'PATCH', body: patch }), 400);
    expect(await counts()).toEqual(before);
    await call(`/api/recruiter/webhooks/${id}`, { token: key, method: 'DELETE' });
  });

  it('names the fields that are wrong', async () => {
    const answer = await call('/api/recruiter/webhooks', {
      token: key,
      body: { url: 'nowhere', events: ['offer.accepted', 'offer.nothing'], headers: { Host: 'x' } },
    });
    expect(answer.status).toBe(400);
    const { fields } = z.object({ fields: z.record(z.string(), z.array(z.string())) }).parse(answer.json);
    expect(Object.keys(fields).sort()).toEqual(['events.1', 'headers.Host', 'url']);
  });

  it('takes 20 headers of any size that one header may have', async () => {
    const headers = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`x-${n}`, 'v'.repeat(4096)]));
    const { id } = await createWebhook(app, key, { ...good, headers });
    await call(`/api/recruiter/webhooks/${id}`, { token: key, method: 'DELETE' });
  });

  it.each(['not-an-id', '00000000-0000-4000-8000-000000000000', '%00', '1%27%20or%201=1'])(
    'the id %s → 404 on every route',
    async (id) => {
      for (const [method, target, body] of [
        ['GET', `webhooks/${id}`],
        ['PATCH', `webhooks/${id}`, { description: 'x' }],
        ['DELETE', `webhooks/${id}`],
        ['POST', `webhooks/${id}/test`, {}],
        ['POST', `webhooks/${id}/rotate-secret`, {}],
        ['POST', `webhooks/${id}/recover`, {}],
        ['GET', `webhooks/${id}/deliveries`],
        ['GET', `webhooks/${id}/stats`],
        ['GET', `webhooks/deliveries/${id}`],
        ['POST', `webhooks/deliveries/${id}/retry`, {}],
        ['GET', `webhooks/events/${id}/deliveries`],
        ['DELETE', `api-keys/${id}`],
      ] as const) {
        const answer = await call(`/api/recruiter/${target}`, { token: key, method, body });
        expect(`${method} ${target} ${answer.status}`).toBe(`${method} ${target} 404`);
        sentence(answer);
      }
    },
  );

  it.each(['limit=0', 'limit=101', 'limit=ten', 'status=lost', 'cursor=x'])('?%s → 400', async (query) => {
    const { id } = await createWebhook(app, key, good);
    await refused(call(`/api/recruiter/webhooks/${id}/deliveries?${query}`, { token: key }), 400);
  });
});
