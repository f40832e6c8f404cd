import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type Receiver, startReceiver } from '@/tests/receiver';
import { type RunningApp, startApp } from '@/tests/support/app';
import { callerOf, createWebhook, offer, secretKeyOf, sentence, signIn, signUp } from './support';

/** Two organizations, and every door between them. */

let app: RunningApp;
let receiver: Receiver;
let call: ReturnType<typeof callerOf>;
let alice: string;
let mallory: { token: string; userId: string };
let webhook: { id: string; secret: string };
let deliveryId: string;
let eventId: string;
let keyId: string;

const HEADER_VALUE = 'header-value-5f1d';
const PAYLOAD = 'payload-marker-77aa';
const rows = z.array(z.record(z.string(), z.unknown()));
const rest = (token: string) =>
  callerOf(app, { apikey: app.demo.publishableKey, authorization: `Bearer ${token}` });

beforeAll(async () => {
  app = await startApp({ timeoutMs: 400_000 });
  call = callerOf(app);
  receiver = await startReceiver();
  alice = await signIn(app);
  mallory = await signUp(app, 'mallory@example.com', { organization_name: 'Mallory' });
  webhook = await createWebhook(app, alice, {
    url: receiver.url,
    events: ['*'],
    headers: { 'X-Receiver-Token': HEADER_VALUE },
  });
  const published = await call('/api/v1/events', { token: app.demo.apiKey, body: offer(PAYLOAD) });
  eventId = z.object({ id: z.string() }).parse(published.json).id;
  await receiver.waitFor(1);
  const page = await vi.waitFor(
    async () => {
      const answer = await call(`/api/recruiter/webhooks/${webhook.id}/deliveries`, { token: alice });
      if (!answer.text.includes('"status":"success"')) throw new Error(answer.text);
      return answer;
    },
    { timeout: 10_000 },
  );
  deliveryId =
    z.object({ deliveries: z.array(z.object({ id: z.string() })) }).parse(page.json).deliveries[0]?.id ?? '';
  const keys = await call('/api/recruiter/api-keys', { token: alice });
  keyId =
    z.object({ api_keys: z.array(z.object({ id: z.string() })) }).parse(keys.json).api_keys[0]?.id ?? '';
}, 420_000);
afterAll(async () => {
  await receiver?.close();
  await app?.stop();
});

const routes = () =>
  [
    ['GET', `webhooks/${webhook.id}`],
    ['PATCH', `webhooks/${webhook.id}`, { is_active: false }],
    ['DELETE', `webhooks/${webhook.id}`],
    ['POST', `webhooks/${webhook.id}/test`, {}],
    ['POST', `webhooks/${webhook.id}/rotate-secret`, {}],
    ['POST', `webhooks/${webhook.id}/recover`, {}],
    ['GET', `webhooks/${webhook.id}/deliveries`],
    ['GET', `webhooks/${webhook.id}/stats`],
    ['GET', `webhooks/deliveries/${deliveryId}`],
    ['POST', `webhooks/deliveries/${deliveryId}/retry`, {}],
    ['GET', `webhooks/events/${eventId}/deliveries`],
    ['DELETE', `api-keys/${keyId}`],
  ] as const;

describe('somebody of another organization', () => {
  it('gets 404 for every id of ours, by session and by API key, and changes nothing', async () => {
    const made = await call('/api/recruiter/api-keys', {
      token: mallory.token,
      body: { name: 'k', scope: 'manage' },
    });
    const key = z.object({ api_key: z.object({ key: z.string() }) }).parse(made.json).api_key.key;
    const before = (await call(`/api/recruiter/webhooks/${webhook.id}`, { token: alice })).text;
    for (const token of [mallory.token, key]) {
      for (const [method, target, body] of routes()) {
        const answer = await call(`/api/recruiter/${target}`, { token, method, body });
        expect(`${method} ${target} ${answer.status}`).toBe(`${method} ${target} 404`);
        sentence(answer);
      }
      for (const target of ['webhooks', 'webhooks/events', 'api-keys']) {
        const { text } = await call(`/api/recruiter/${target}`, { token });
        for (const ours of [webhook.id, deliveryId, eventId, keyId, PAYLOAD])
          expect(text).not.toContain(ours);
      }
    }
    expect((await call(`/api/recruiter/webhooks/${webhook.id}`, { token: alice })).text).toBe(before);
    expect(receiver.requests).toHaveLength(1);
  });

  it('is refused when naming our organization', async () => {
    const answer = await call('/api/recruiter/webhooks', {
      token: mallory.token,
      headers: { 'x-organization-id': app.demo.organizationId },
    });
    expect(answer.status).toBe(403);
    sentence(answer);
  });

  it('cannot sign up into our organization', async () => {
    const intruder = await signUp(app, 'eve@example.com', {
      organization_id: app.demo.organizationId,
      organization_name: 'Demo workspace',
      role: 'owner',
    });
    const me = await call('/api/recruiter/me', { token: intruder.token });
    expect(me.text).not.toContain(app.demo.organizationId);
  });

  it('reads nothing of ours through the Data API', async () => {
    const tables = [
      'organizations',
      'memberships',
      'webhook_events',
      'webhook_attempts',
      'webhook_stats',
      'webhook_totals',
    ];
    for (const table of tables) {
      const answer = await rest(mallory.token)(`/rest/v1/${table}?select=*`);
      expect(answer.status).toBe(200);
      for (const ours of [app.demo.organizationId, webhook.id, eventId, deliveryId, PAYLOAD])
        expect(answer.text).not.toContain(ours);
    }
    for (const [table, columns] of [
      ['webhooks', 'id,url'],
      ['webhook_deliveries', 'id,body'],
      ['api_keys', 'id,name'],
    ]) {
      const answer = await rest(mallory.token)(`/rest/v1/${table}?select=${columns}`);
      expect(answer.status).toBe(200);
      expect(answer.text).not.toContain(webhook.id);
      expect(answer.text).not.toContain(keyId);
      expect(answer.text).not.toContain(deliveryId);
    }
    const changed = await rest(mallory.token)(`/rest/v1/webhooks?id=eq.${webhook.id}&select=id`, {
      method: 'PATCH',
      headers: { prefer: 'return=representation' },
      body: { is_active: false },
    });
    expect(rows.safeParse(changed.json).data ?? []).toEqual([]);
    const mine = await call(`/api/recruiter/webhooks/${webhook.id}`, { token: alice });
    expect(mine.json).toMatchObject({ webhook: { is_active: true } });
  });
});

describe('the Data API, with a token of our own organization', () => {
  it.each([
    'webhook_secrets?select=*',
    'webhook_secrets?select=secret',
    'webhooks?select=headers',
    'webhooks?select=*',
    'webhooks?select=id,webhook_secrets(secret)',
    'api_keys?select=key_hash',
    'api_keys?select=*',
    'webhook_deliveries?select=lease_token',
    'webhook_idempotency_keys?select=*',
    'settings?select=*',
    'contract_events?select=*',
    'sweep?select=*',
  ])('does not read %s', async (query) => {
    const answer = await rest(alice)(`/rest/v1/${query}`);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.text).not.toContain(webhook.secret);
    expect(answer.text).not.toContain(HEADER_VALUE);
  });

  it('does not read partitions, in their schema or by name', async () => {
    const week = `webhook_events_${new Date().getUTCFullYear()}`;
    for (const profile of ['partitions', 'private', 'auth', 'public']) {
      for (const table of [`${week}w48`, 'webhook_events_2026w48', 'settings', 'users']) {
        const answer = await rest(alice)(`/rest/v1/${table}?select=*`, {
          headers: { 'accept-profile': profile },
        });
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.text).not.toContain(PAYLOAD);
      }
    }
  });

  it.each<[string, string, unknown]>([
    [
      'POST',
      'webhooks',
      { organization_id: null, contract: 'bpoc', url: 'https://a.example', events: ['*'] },
    ],
    ['POST', 'organizations', { name: 'x' }],
    ['POST', 'memberships', { role: 'owner' }],
    ['PATCH', 'memberships?role=eq.owner', { role: 'viewer' }],
    ['PATCH', 'organizations?name=neq.x', { name: 'x' }],
    ['POST', 'api_keys', { name: 'x' }],
    ['PATCH', 'api_keys?name=neq.x', { scopes: ['manage'] }],
    ['PATCH', 'webhooks?is_active=eq.true', { contract: 'standard' }],
    ['PATCH', 'webhooks?is_active=eq.true', { organization_id: '00000000-0000-4000-8000-000000000000' }],
    ['PATCH', 'webhooks?is_active=eq.true', { user_id: null }],
    ['PATCH', 'webhooks?is_active=eq.true', { deleted_at: '2026-01-01T00:00:00Z' }],
    ['PATCH', 'webhooks?is_active=eq.true', { disabled_reason: 'x' }],
    ['PATCH', 'webhooks?is_active=eq.true', { events: ['no.such'] }],
    ['PATCH', 'webhooks?is_active=eq.true', { url: 'ftp://a.example' }],
    ['PATCH', 'webhooks?is_active=eq.true', { url: 'https://u:p@a.example' }],
    ['PATCH', 'webhooks?is_active=eq.true', { headers: { 'X-A': 5 } }],
    ['PATCH', 'webhooks?is_active=eq.true', { headers: { 'X-A': { b: 1 } } }],
    ['PATCH', 'webhooks?is_active=eq.true', { headers: { 'X-A': 'a\r\nX-B: b' } }],
    ['PATCH', 'webhooks?is_active=eq.true', { headers: { 'Transfer-Encoding': 'chunked' } }],
    ['PATCH', 'webhooks?is_active=eq.true', { headers: [] }],
    ['DELETE', 'webhooks?is_active=eq.true', undefined],
    ['POST', 'webhook_events', { type: 'x' }],
    ['PATCH', 'webhook_deliveries?status=eq.success', { status: 'pending' }],
    ['DELETE', 'webhook_attempts?number=eq.1', undefined],
    ['PATCH', 'webhook_totals?success=gte.0', { success: 1000 }],
  ])('does not %s %s %j', async (method, target, body) => {
    const before = (await call(`/api/recruiter/webhooks/${webhook.id}`, { token: alice })).text;
    const answer = await rest(alice)(`/rest/v1/${target}`, { method, body });
    expect(answer.status, answer.text).toBeGreaterThanOrEqual(400);
    expect(answer.status, answer.text).toBeLessThan(500);
    expect((await call(`/api/recruiter/webhooks/${webhook.id}`, { token: alice })).text).toBe(before);
  });

  it.each([
    'publish_events',
    'publish_test',
    'record_attempts',
    'claim_due_deliveries',
    'release_deliveries',
    'lease_delivery',
    'recover_deliveries',
    'create_webhook',
    'rotate_webhook_secret',
    'delete_webhook',
    'resolve_api_key',
    'take_sweep',
    'maintain_partitions',
    'delivery_backlog',
    'targets',
    'my_organizations',
    'close_deliveries',
  ])('does not call %s, signed in or not', async (name) => {
    const signedIn: Record<string, string> = { authorization: `Bearer ${alice}` };
    for (const headers of [signedIn, {}]) {
      const answer = await callerOf(app, { apikey: app.demo.publishableKey, ...headers })(
        `/rest/v1/rpc/${name}`,
        {
          body: {
            p_events: [],
            p_leases: {},
            p_limit: 1,
            p_per_webhook: 1,
            p_outcomes: [],
            p_rules: {},
            p_key_hash: 'x',
          },
        },
      );
      expect([401, 403, 404]).toContain(answer.status);
    }
  });

  it('answers nobody without a session, and no token that is forged', async () => {
    const [, payload = ''] = alice.split('.');
    const none = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${payload}.`;
    const claims: Record<string, unknown> = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const other = Buffer.from(JSON.stringify({ ...claims, sub: mallory.userId })).toString('base64url');
    const [head = '', , signature = ''] = alice.split('.');
    for (const token of [none, `${head}.${other}.${signature}`, 'abc', app.demo.publishableKey]) {
      const answer = await call('/api/recruiter/webhooks', { token });
      expect(answer.status).toBe(401);
      sentence(answer);
    }
    for (const table of ['webhooks?select=id', 'webhook_events?select=id', 'organizations?select=id']) {
      const answer = await callerOf(app, { apikey: app.demo.publishableKey })(`/rest/v1/${table}`);
      expect(rows.safeParse(answer.json).data ?? []).toEqual([]);
    }
  });
});

describe('roles and keys', () => {
  it('a viewer reads and cannot write, by any door', async () => {
    const viewer = await signUp(app, 'vera@example.com');
    const joined = await callerOf(app, { apikey: secretKeyOf(app) })('/rest/v1/memberships', {
      body: { organization_id: app.demo.organizationId, user_id: viewer.userId, role: 'viewer' },
    });
    expect(joined.status).toBe(201);
    const as = callerOf(app, { 'x-organization-id': app.demo.organizationId });
    const { token } = viewer;
    expect((await as(`/api/recruiter/webhooks/${webhook.id}`, { token })).status).toBe(200);
    const writes = routes().filter(([method]) => method !== 'GET');
    for (const [method, target, body] of [
      ...writes,
      ['POST', 'webhooks', { url: 'https://a.example', events: ['*'] }] as const,
      ['POST', 'api-keys', { name: 'x', scope: 'publish' }] as const,
    ]) {
      const answer = await as(`/api/recruiter/${target}`, { token, method, body });
      expect(`${method} ${target} ${answer.status}`).toBe(`${method} ${target} 403`);
      sentence(answer);
    }
    expect((await as('/api/v1/events', { token, body: offer() })).status).toBe(403);
    const patched = await rest(token)(`/rest/v1/webhooks?id=eq.${webhook.id}&select=id`, {
      method: 'PATCH',
      headers: { prefer: 'return=representation' },
      body: { is_active: false },
    });
    expect(rows.safeParse(patched.json).data ?? []).toEqual([]);
    const keys = await rest(token)('/rest/v1/api_keys?select=id');
    expect(rows.safeParse(keys.json).data ?? []).toEqual([]);
  });

  it('a publish-only key publishes and does nothing else; revoked, it does nothing at all', async () => {
    const made = await call('/api/recruiter/api-keys', {
      token: alice,
      body: { name: 'only', scope: 'publish' },
    });
    const { id, key } = z
      .object({ api_key: z.object({ id: z.string(), key: z.string() }) })
      .parse(made.json).api_key;
    for (const [method, target, body] of [
      ...routes(),
      ['GET', 'webhooks'] as const,
      ['GET', 'api-keys'] as const,
    ]) {
      const answer = await call(`/api/recruiter/${target}`, { token: key, method, body });
      expect(`${method} ${target} ${answer.status}`).toBe(`${method} ${target} 403`);
      sentence(answer);
    }
    expect((await call('/api/v1/events', { token: key, body: offer() })).status).toBe(202);
    expect((await call(`/api/recruiter/api-keys/${id}`, { token: alice, method: 'DELETE' })).status).toBe(
      200,
    );
    for (const answer of [
      await call('/api/v1/events', { token: key, body: offer() }),
      await call('/api/v1/events/batch', { token: key, body: { events: [offer()] } }),
      await call('/api/recruiter/webhooks', { token: key }),
    ]) {
      expect(answer.status).toBe(401);
      sentence(answer);
    }
  });

  it.each([
    ['no token', {}],
    ['an unknown key', { authorization: 'Bearer hh_live_nobody' }],
    ['another scheme', { authorization: 'Basic aGg6aGg=' }],
    ['an empty bearer', { authorization: 'Bearer ' }],
  ])('%s → 401 with a sentence', async (_, headers) => {
    for (const target of ['/api/recruiter/webhooks', '/api/recruiter/me'])
      expect(sentence(await call(target, { headers }))).toBeTruthy();
    for (const [target, body] of [
      ['/api/v1/events', offer()],
      ['/api/v1/events/batch', { events: [offer()] }],
    ] as const) {
      const answer = await call(target, { headers, body });
      expect(answer.status).toBe(401);
      sentence(answer);
    }
  });
});

describe('cookies and the cron', () => {
  it('a write by cookie from elsewhere → 403; from the dashboard it works', async () => {
    const session = await callerOf(app, { apikey: app.demo.publishableKey })(
      '/auth/v1/token?grant_type=password',
      {
        body: { email: app.demo.email, password: app.demo.password },
      },
    );
    const cookie = `sb-auth=base64-${Buffer.from(session.text).toString('base64url')}`;
    const target = `/api/recruiter/webhooks/${webhook.id}`;
    const patch = { method: 'PATCH', body: { description: 'by cookie' } };
    expect((await call(target, { headers: { cookie } })).status).toBe(200);
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', origin: `http://127.0.0.1:1` },
    ] as Record<string, string>[]) {
      const answer = await call(target, { ...patch, headers: { cookie, ...headers } });
      expect(answer.status).toBe(403);
      sentence(answer);
      expect((await call('/api/v1/events', { body: offer(), headers: { cookie, ...headers } })).status).toBe(
        403,
      );
    }
    const form = await call(target, { ...patch, headers: { cookie, 'content-type': 'text/plain' } });
    expect(form.status).toBe(400);
    const own = await call(target, {
      ...patch,
      headers: { cookie, origin: app.url, 'sec-fetch-site': 'same-origin' },
    });
    expect(own.status).toBe(200);
  });

  it('lets the cron in by its secret only', async () => {
    const secret = app.demo.cronSecret;
    const refusals = [
      undefined,
      'Bearer',
      'Bearer x',
      secret,
      `Bearer ${secret}x`,
      `Bearer ${secret.slice(0, -1)}`,
      `bearer  ${secret}`,
    ];
    for (const authorization of [...refusals, `Bearer ${app.demo.apiKey}`]) {
      const answer = await call('/api/cron/webhook-retries?mode=once', {
        ...(authorization !== undefined && { headers: { authorization } }),
      });
      expect(answer.status).toBe(401);
      sentence(answer);
    }
    const answer = await call('/api/cron/webhook-retries?mode=once', { token: secret });
    expect(answer.json).toEqual({ claimed: 0, succeeded: 0, failed: 0, retrying: 0 });
  });
});

describe('what must never be seen again', () => {
  it('secrets, keys and header values are in no answer and no log', async () => {
    const rotated = await call(`/api/recruiter/webhooks/${webhook.id}/rotate-secret`, {
      token: alice,
      body: {},
    });
    const fresh = z.object({ secret: z.string() }).parse(rotated.json).secret;
    await call(`/api/recruiter/webhooks/${webhook.id}/test`, { token: alice, body: {} });
    expect(receiver.requests.at(-1)?.headers['x-receiver-token']).toBe(HEADER_VALUE);
    const seen = [];
    for (const [method, target] of [
      ...routes(),
      ['GET', 'webhooks'],
      ['GET', 'api-keys'],
      ['GET', 'me'],
      ['GET', 'catalogue'],
      ['GET', 'webhooks/events'],
    ] as const) {
      if (method === 'GET') seen.push((await call(`/api/recruiter/${target}`, { token: alice })).text);
    }
    seen.push((await call('/api/health')).text);
    const shown = seen.join('\n');
    expect(shown).toContain(PAYLOAD);
    expect(shown.toLowerCase()).toContain('x-receiver-token');
    for (const secret of [webhook.secret, fresh, HEADER_VALUE, app.demo.apiKey, app.demo.cronSecret])
      expect(shown).not.toContain(secret);
    await call('/api/v1/events', {
      token: app.demo.apiKey,
      raw: `{"type":"offer.accepted","data":"${PAYLOAD}`,
    });
    await call(`/api/recruiter/webhooks/${webhook.id}`, {
      token: alice,
      method: 'PATCH',
      body: { headers: { 'X-A': `${HEADER_VALUE}\u0000` } },
    });
    const printed = app.output().replaceAll(`API key: ${app.demo.apiKey}`, '');
    for (const secret of [
      webhook.secret,
      fresh,
      HEADER_VALUE,
      PAYLOAD,
      alice,
      app.demo.apiKey,
      app.demo.cronSecret,
    ])
      expect(printed).not.toContain(secret);
  });
});
