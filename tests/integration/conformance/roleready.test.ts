import { expect, test } from 'vitest';
import { z } from 'zod';
import { behave } from '../../receiver';
import { attempted, type Call, caller, publish, read, signUp } from './client';
import { promised } from './contracts';
import { logs, roleready, stats } from './families/roleready';
import { world } from './world';

const here = world();
const parsed = { type: 'resume.parsed', data: { resumeId: 'res_1', fileName: 'cv.pdf', success: true } };
const ats = promised.role.event;
const CONFIG = '/api/webhooks/config';

const readLogs = async (call: Call, query = '') =>
  read(await call('GET', `/api/webhooks/logs${query}`), 200, logs);

test('an event goes to its own user only', async () => {
  const receiver = await here.receiver();
  const [ann, ben] = [await signUp(here.app, 'ann@example.com'), await signUp(here.app, 'ben@example.com')];
  for (const { call } of [ann, ben])
    await roleready.create(call, {
      url: `${receiver.url}/${call === ann.call ? 'ann' : 'ben'}`,
      events: ['resume.parsed'],
    });
  expect((await publish(ann.call, { ...parsed, userId: ben.userId })).deliveries).toBe(0);
  expect((await publish(ann.call, { ...parsed, userId: 'nobody' })).deliveries).toBe(0);
  expect((await publish(ann.call, { ...parsed, userId: ann.userId })).deliveries).toBe(1);
  const [only] = await receiver.waitFor(1);
  expect(only?.path).toBe('/ann');
  expect(JSON.parse(only?.rawBody.toString() ?? '')).toMatchObject({ userId: ann.userId });
  expect(receiver.requests).toHaveLength(1);
});

test('an API key acts for the person who made it', async () => {
  const maker = await signUp(here.app, 'maker@example.com');
  const shape = z.object({ api_key: z.object({ key: z.string() }) });
  const body = { name: 'mine', scope: 'manage' };
  const { api_key: made } = read(await maker.call('POST', '/api/recruiter/api-keys', body), 201, shape);
  const byKey = caller(here.app.url, made.key);
  const { id } = await roleready.create(byKey, { url: 'http://127.0.0.1:9/', events: ['resume.parsed'] });
  expect(await roleready.get(maker.call, id)).toMatchObject({ id });
  expect((await publish(byKey, { ...parsed, userId: maker.userId })).deliveries).toBe(1);
});

test('the first POST creates and tells the secret; a later one changes what is sent, without it', async () => {
  const { call } = await signUp(here.app, 'saver@example.com');
  const unconfigured = { configured: false, config: null, availableEvents: expect.any(Array) };
  expect((await call('GET', CONFIG)).body).toEqual(unconfigured);
  for (const half of [{}, { url: 'http://127.0.0.1:9/' }, { enabledEvents: ['resume.parsed'] }])
    read(await call('POST', CONFIG, half), 400, roleready.error);
  expect((await call('GET', CONFIG)).body).toEqual(unconfigured);

  const first = {
    url: 'http://127.0.0.1:9/',
    enabledEvents: ['resume.parsed', 'ats.check_failed', 'resume.parsed'],
  };
  const answers = await Promise.all([1, 2, 3].map(() => call('POST', CONFIG, first)));
  const told = answers.filter(
    ({ status, body }) => status === 200 && JSON.stringify(body).includes('"secret"'),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(told).toHaveLength(1);

  const before = await roleready.get(call, '');
  expect(before.events).toEqual(['resume.parsed', 'ats.check_failed']);
  expect(await roleready.update(call, '', { active: false })).toEqual({ ...before, active: false });
  const moved = await call('POST', CONFIG, { url: 'http://127.0.0.1:9/moved' });
  expect(moved.body).toMatchObject({
    config: { id: before.id, enabled: false, url: 'http://127.0.0.1:9/moved' },
  });
  // What was read may be sent back as it is.
  const { config } = z.object({ config: z.unknown() }).parse((await call('GET', CONFIG)).body);
  expect((await call('POST', CONFIG, config)).status).toBe(200);
});

test('logs are paged, counted and filtered; figures are text with two decimals', async () => {
  const { call, userId } = await signUp(here.app, 'reader@example.com');
  const receiver = await here.receiver();
  await roleready.create(call, { url: receiver.url, events: [parsed.type, ats.type] });
  const send = async (
    event: { type: string; data: unknown },
    responder: Parameters<typeof receiver.respond>[0],
  ) => {
    receiver.clear();
    receiver.respond(responder);
    await publish(call, { ...event, userId });
    const [request] = await receiver.waitFor(1);
    return request?.headers['webhook-id'] ?? '';
  };
  await attempted(call, await send(parsed, 200), 1);
  await attempted(call, await send(ats, behave.inTurn(behave.status(500), behave.status(200))), 2);
  const lost = await send(ats, 500);
  for (let attempt = 1; attempt < 4; attempt += 1) {
    await attempted(call, lost, attempt);
    await call('POST', `/api/recruiter/webhooks/deliveries/${lost}/retry`);
  }
  await attempted(call, lost, 4);
  // One more that goes on: it has attempts, and is in no figure yet.
  await attempted(call, await send(parsed, behave.retryAfter('3600', 503)), 1);
  await roleready.test(call, '');

  expect(read(await call('GET', '/api/webhooks/stats'), 200, stats)).toEqual({
    total: 3,
    successful: 2,
    failed: 1,
    successRate: '66.67',
    averageAttempts: '2.33',
    byEvent: {
      'resume.parsed': { total: 1, successful: 1, failed: 0 },
      'ats.check_completed': { total: 2, successful: 1, failed: 1 },
    },
  });

  const all = await readLogs(call);
  expect(all.pagination).toEqual({ total: 5, limit: 50, offset: 0, hasMore: false });
  expect(all.logs.map(({ event }) => event)).toEqual([
    'webhook.test',
    'resume.parsed',
    'ats.check_completed',
    'ats.check_completed',
    'resume.parsed',
  ]);
  expect(all.logs[4]).toMatchObject({
    success: true,
    statusCode: 200,
    attempts: 1,
    error: null,
    url: receiver.url,
  });
  expect(all.logs[4]?.deliveredAt).not.toBeNull();
  expect(all.logs[2]).toMatchObject({ success: false, attempts: 4, deliveredAt: null });
  const page = await readLogs(call, '?limit=2&offset=1');
  expect(page.logs).toEqual(all.logs.slice(1, 3));
  expect(page.pagination).toEqual({ total: 5, limit: 2, offset: 1, hasMore: true });
  expect((await readLogs(call, '?offset=3')).pagination.hasMore).toBe(false);
  const failures = await readLogs(call, '?success=false&event=ats.check_completed');
  expect(failures.logs).toEqual([all.logs[2]]);
  expect(failures.pagination.total).toBe(1);
  expect((await readLogs(call, '?success=true')).logs).toHaveLength(2);
  for (const query of ['?limit=0', '?limit=101', '?limit=x', '?offset=-1', '?event=nope', '?success=maybe'])
    read(await call('GET', `/api/webhooks/logs${query}`), 400, roleready.error);
});

test('a test that cannot be delivered says so, in a 200', async () => {
  const { call } = await signUp(here.app, 'unreachable@example.com');
  await roleready.create(call, { url: 'http://127.0.0.1:9/', events: [parsed.type] });
  const answer = await roleready.test(call, '');
  expect(answer).toEqual({ ok: false, code: null, error: expect.stringMatching(/refused/i) });
});
