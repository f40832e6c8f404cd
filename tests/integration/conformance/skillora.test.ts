import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { verify } from '../../receiver';
import { attempted, type Call, publish, read, signUp } from './client';
import { promised } from './contracts';
import { delivery, event as eventShape, sent, skillora } from './families/skillora';
import { guideAccepts, standardAccepts } from './received';
import { world } from './world';

const here = world();
const ENDPOINTS = '/api/v1/webhook-endpoints/';
const DELIVERIES = '/api/v1/webhook-deliveries/';
const EVENTS = '/api/v1/webhook-events/';
const { event } = promised.skill;
const mock = { type: 'mock_interview.completed', data: { id: 'mock_1', user: { id: 'u', firstName: 'Jo' } } };

const withSecret = z.object({ id: z.string(), secret: z.string() });
const list = async (call: Call, path: string) => read(await call('GET', path), 200, z.array(delivery));

test('a secret of one’s own signs; another may take its place', async () => {
  const { call } = await signUp(here.app, 'own-secret@example.com');
  const receiver = await here.receiver();
  const body = { url: receiver.url, events: ['interview_completed'] };
  for (const secret of ['short', 'whsec_not base64 of 24 bytes', ' leading blank', 42])
    read(
      await call('POST', ENDPOINTS, { ...body, secret }),
      400,
      z.object({ secret: z.array(z.string()).min(1) }),
    );
  const mine = 'a secret that I have already';
  const made = read(await call('POST', ENDPOINTS, { ...body, secret: mine }), 201, withSecret);
  expect(made.secret).toBe(mine);
  const deliver = async () => {
    receiver.clear();
    await publish(call, event);
    const [request] = await receiver.waitFor(1);
    if (!request) throw new Error('nothing was received');
    return request;
  };
  const first = await deliver();
  expect(guideAccepts(promised.skill, first, mine)).toBe(true);
  expect(standardAccepts(first, mine)).toBe(true);

  // The libraries take a text beyond ASCII for other bytes: such a secret verifies by its UTF-8 bytes.
  const next = 'mein nächster Schlüssel 🔑';
  const changed = await call('PATCH', `${ENDPOINTS}${made.id}/`, { secret: next });
  expect(changed.status).toBe(200);
  expect(JSON.stringify(changed.body)).not.toContain(next);
  const second = await deliver();
  expect(guideAccepts(promised.skill, second, next)).toBe(true);
  expect(standardAccepts(second, mine)).toBe(true);
  expect(verify.verifyStandard(second.headers, second.rawBody, next)).toBe(true);
  const library = new Webhook(Buffer.from(next, 'utf8'), { format: 'raw' });
  expect(() => library.verify(second.rawBody, { ...second.headers })).not.toThrow();
});

test('PUT and PATCH change what is sent and leave the rest, with and without the slash', async () => {
  const { call } = await signUp(here.app, 'putter@example.com');
  const { id } = await skillora.create(call, { url: 'http://127.0.0.1:9/', events: ['interview_completed'] });
  const path = `${ENDPOINTS}${id}`;
  const read1 = z.record(z.string(), z.unknown());
  const before = read(await call('GET', path), 200, read1);
  expect((await call('GET', `${path}/`)).body).toEqual(before);
  expect((await call('GET', ENDPOINTS.slice(0, -1))).body).toEqual([before]);
  for (const [method, way] of [
    ['PUT', path],
    ['PATCH', `${path}/`],
    ['PUT', `${path}/`],
    ['PATCH', path],
  ] as const) {
    const description = `${method} ${way.endsWith('/')}`;
    const after = read(await call(method, way, { description }), 200, read1);
    expect({ ...after, updated_at: null }).toEqual({ ...before, description, updated_at: null });
  }
  // What was read may be sent back whole.
  const whole = read(await call('GET', path), 200, read1);
  const again = read(await call('PUT', path, { ...whole, is_active: false }), 200, read1);
  expect(again).toMatchObject({ id, is_active: false, total_deliveries: 0 });
});

test('events are listed with what is sent of them, filtered by the name that is subscribed to', async () => {
  const { call } = await signUp(here.app, 'events@example.com');
  const other = await publish(call, promised.bpoc.event);
  const first = await publish(call, event);
  const second = await publish(call, mock);
  const all = read(await call('GET', EVENTS), 200, z.array(eventShape));
  expect(all.map(({ id, event_type: type }) => [id, type])).toEqual([
    [second.id, 'mock_interview_completed'],
    [first.id, 'interview_completed'],
  ]);
  expect(all[1]?.payload).toMatchObject({ interview_id: 'int_1', job_id: null });
  expect(all[0]?.payload).toMatchObject({ user: { id: 'u', first_name: 'Jo', last_name: null } });
  const filtered = await call('GET', `${EVENTS}?event_type=interview_completed`);
  expect(filtered.body).toEqual([all[1]]);
  expect((await call('GET', `${EVENTS}?limit=1&offset=1`)).body).toEqual([all[1]]);
  read(
    await call('GET', `${EVENTS}?event_type=interview.completed`),
    400,
    z.object({ event_type: z.array(z.string()) }),
  );
  read(await call('GET', `${EVENTS}${other.id}/deliveries/`), 404, skillora.error);
  expect((await call('GET', `${EVENTS}${first.id}/deliveries/`)).body).toEqual([]);
  read(await here.call('GET', `${EVENTS}${first.id}/deliveries/`), 404, skillora.error);
});

test('deliveries are filtered; only a failed one can be retried', async () => {
  const { call } = await signUp(here.app, 'deliveries@example.com');
  const [good, bad] = [await here.receiver(), await here.receiver()];
  bad.respond(500);
  const events = ['interview_completed'];
  const one = await skillora.create(call, { url: good.url, events });
  const two = await skillora.create(call, { url: bad.url, events });
  const off = await skillora.create(call, { url: good.url, events });
  await skillora.update(call, off.id, { active: false });
  const { id: eventId } = await publish(call, event);
  await good.waitFor(1);
  await bad.waitFor(1);
  const failing = bad.requests[0]?.headers['webhook-id'] ?? '';
  await attempted(call, failing, 1);
  await attempted(call, good.requests[0]?.headers['webhook-id'] ?? '', 1);

  const [delivered] = await list(call, `${DELIVERIES}?endpoint_id=${one.id}`);
  expect(delivered).toMatchObject({
    endpoint_id: one.id,
    event_id: eventId,
    status: 'success',
    next_retry_at: null,
  });
  expect(delivered?.event_type).toBe('interview_completed');
  const all = await list(call, DELIVERIES);
  expect(all).toHaveLength(3);
  expect(await list(call, `${EVENTS}${eventId}/deliveries/`)).toEqual(all);
  const statuses = { success: one.id, retrying: two.id, pending: off.id };
  for (const [status, endpoint] of Object.entries(statuses)) {
    const rows = await list(call, `${DELIVERIES}?status=${status}`);
    expect(rows.map((row) => [row.status, row.endpoint_id])).toEqual([[status, endpoint]]);
  }
  expect(await list(call, `${DELIVERIES}?status=failed`)).toEqual([]);
  const [retrying] = await list(call, `${DELIVERIES}?status=retrying`);
  expect(retrying).toMatchObject({ response_status_code: 500, delivered_at: null });
  expect(retrying?.next_retry_at).not.toBeNull();
  expect(await list(call, `${DELIVERIES}?limit=1&offset=1`)).toEqual([all[1]]);
  read(await call('GET', `${DELIVERIES}?status=held`), 400, z.object({ status: z.array(z.string()) }));
  read(await call('GET', `${DELIVERIES}?limit=101`), 400, z.object({ limit: z.array(z.string()) }));
  const stranger = await signUp(here.app, 'not-mine@example.com');
  expect(await list(stranger.call, DELIVERIES)).toEqual([]);
  for (const id of [one.id, 'nonsense']) {
    read(await stranger.call('GET', `${DELIVERIES}?endpoint_id=${id}`), 404, skillora.error);
    read(await stranger.call('POST', `${DELIVERIES}${delivered?.id}/retry/`), 404, skillora.error);
  }

  // Neither a delivered one, nor one that goes on by itself, nor one that is held.
  for (const { id } of all) read(await call('POST', `${DELIVERIES}${id}/retry/`), 409, skillora.error);
  for (let attempt = 2; attempt <= 4; attempt += 1) {
    await call('POST', `/api/recruiter/webhooks/deliveries/${failing}/retry`);
  }
  await attempted(call, failing, 4);
  const still = read(await call('POST', `${DELIVERIES}${failing}/retry/`), 200, sent);
  expect(still).toMatchObject({ status: 'failed', delivery: { id: failing, status: 'failed', attempts: 5 } });
  expect(still.message).toContain('500');
  bad.respond(200);
  const again = read(await call('POST', `${DELIVERIES}${failing}/retry`), 200, sent);
  expect(again).toMatchObject({ status: 'success', delivery: { status: 'success', attempts: 6 } });
  expect(await skillora.figures(call, two.id)).toMatchObject({ total: 1, failed: 0 });
  expect((await call('GET', `${ENDPOINTS}${two.id}/`)).body).toMatchObject({
    total_deliveries: 1,
    failed_deliveries: 0,
    last_triggered_at: expect.stringMatching(/Z$/),
  });
});
