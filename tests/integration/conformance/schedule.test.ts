import { describe, expect, test } from 'vitest';
import { behave, type Receiver } from '../../receiver';
import { startApp } from '../../support/app';
import { attempted, type Call, caller, deliveryOf, publish, signUp, userIdOf } from './client';
import { allPromised, promised } from './contracts';
import type { Promised } from './promised';
import { world } from './world';

const here = world();
const MINUTE = 60_000;
/** How late a retry of seconds may be while the process lives. */
const LATE_MS = 300;

let organizations = 0;

/** A webhook of a contract, alone in an organization, and one event that was published to it. */
async function told(
  contract: Promised,
  receiver: Receiver,
): Promise<{ call: Call; hook: string; id: string }> {
  organizations += 1;
  const { call, userId } = await signUp(here.app, `schedule${organizations}@example.com`);
  const hook = await contract.family.create(call, { url: receiver.url, events: [contract.name] });
  expect((await publish(call, { ...contract.event, userId })).deliveries).toBe(1);
  const [first] = await receiver.waitFor(1);
  return { call, hook: hook.id, id: first?.headers['webhook-id'] ?? '' };
}

/** Between when an attempt's outcome was stored and when the next is due, in ms. */
async function wait(call: Call, id: string, attempt: number): Promise<{ ms: number; slackMs: number }> {
  const delivery = await attempted(call, id, attempt);
  const last = delivery.attempts_log.at(-1);
  const ended = Date.parse(last?.started_at ?? '') + (last?.duration_ms ?? 0);
  return { ms: Date.parse(delivery.next_attempt_at ?? '') - ended, slackMs: Date.now() - ended };
}

const inSeconds = [promised.role, promised.hr].map((one) => [one.contract, one] as const);

describe.each(inSeconds)('%s', (_, contract) => {
  test('retries come on time, and end with the schedule', async () => {
    const receiver = await here.receiver();
    receiver.respond(behave.inTurn(behave.status(500), behave.closeWithoutAnswer(), behave.status(503)));
    const { call, id } = await told(contract, receiver);
    for (const [index, waitMs] of contract.waitsMs.entries()) {
      const due = Date.parse((await attempted(call, id, index + 1)).next_attempt_at ?? '');
      await receiver.waitFor(index + 2, waitMs + 5000);
      const late = (receiver.requests[index + 1]?.receivedAt.getTime() ?? Number.NaN) - due;
      expect(late, `attempt ${index + 2}`).toBeGreaterThanOrEqual(0);
      expect(late, `attempt ${index + 2}`).toBeLessThan(LATE_MS);
    }
    const ended = await attempted(call, id, contract.waitsMs.length + 1);
    expect(ended).toMatchObject({ status: 'failed', reason: 'exhausted', next_attempt_at: null });
    expect(new Set(receiver.requests.map(({ rawBody }) => rawBody.toString())).size).toBe(1);
  });
});

describe.each(allPromised.map((one) => [one.contract, one] as const))('%s', (_, contract) => {
  test('each wait is the one that its guide tells', async () => {
    const receiver = await here.receiver();
    receiver.respond(500);
    const { call, id } = await told(contract, receiver);
    for (const [index, waitMs] of contract.waitsMs.entries()) {
      const { ms, slackMs } = await wait(call, id, index + 1);
      expect(ms, `after attempt ${index + 1}`).toBeGreaterThanOrEqual(waitMs * (1 - contract.jitter) - 2);
      expect(ms, `after attempt ${index + 1}`).toBeLessThan(waitMs * (1 + contract.jitter) + slackMs);
      // Minutes are not waited for: a person sends it again, which counts as the next attempt.
      if (waitMs >= 5000) await call('POST', `/api/recruiter/webhooks/deliveries/${id}/retry`);
    }
    const ended = await attempted(call, id, contract.waitsMs.length + 1);
    expect(ended).toMatchObject({ status: 'failed', next_attempt_at: null });
  });

  test('410 ends it, switches the webhook off, and holds what is open', async () => {
    const receiver = await here.receiver();
    receiver.respond(503);
    const { call, hook, id } = await told(contract, receiver);
    await attempted(call, id, 1);
    receiver.respond(behave.status(410));
    await call('POST', `/api/recruiter/webhooks/${hook}/test`);
    expect(await contract.family.get(call, hook)).toMatchObject({ active: true });
    const userId = await userIdOf(call);
    await publish(call, { ...contract.event, userId });
    await expect
      .poll(() => contract.family.get(call, hook), { timeout: 10_000 })
      .toMatchObject({ active: false });
    const [gone] = await contract.family.history(call, hook);
    expect(gone).toMatchObject({ code: 410, status: contract.words.failed });
    expect(await deliveryOf(call, gone?.id ?? '')).toMatchObject({ status: 'failed', reason: 'gone' });
    expect((await deliveryOf(call, id)).status).toMatch(/^(held|failed)$/);
    const shown = await call('GET', `/api/recruiter/webhooks/${hook}`);
    expect(shown.body).toMatchObject({ webhook: { disabled_reason: 'gone' } });
  });

  test('Retry-After lengthens a wait, and never shortens it', async () => {
    const receiver = await here.receiver();
    const code = 503;
    receiver.respond(behave.retryAfter('7200', code));
    const { call, id } = await told(contract, receiver);
    const first = contract.waitsMs[0] ?? 0;
    expect((await wait(call, id, 1)).ms).toBeGreaterThanOrEqual(120 * MINUTE - 2);
    receiver.respond(behave.retryAfter('0', code));
    await call('POST', `/api/recruiter/webhooks/deliveries/${id}/retry`);
    const second = (contract.waitsMs[1] ?? first) * (1 - contract.jitter);
    expect((await wait(call, id, 2)).ms).toBeGreaterThanOrEqual(second - 2);
  });
});

test.each([301, 302, 400, 404, 422, 429, 499])('HR Intelligence does not retry on %i', async (code) => {
  const receiver = await here.receiver();
  receiver.respond(behave.retryAfter('1', code));
  const { call, hook, id } = await told(promised.hr, receiver);
  const ended = await attempted(call, id, 1);
  expect(ended).toMatchObject({ status: 'failed', reason: 'final_status', next_attempt_at: null });
  expect(await promised.hr.family.figures(call, hook)).toMatchObject({ total: 1, failed: 1 });
  expect(receiver.requests).toHaveLength(1);
});

test.each(
  allPromised.filter(({ contract }) => contract !== 'hr-intelligence').map((one) => [one.contract, one]),
)('%s retries on redirects and on 4xx too', async (_, contract) => {
  const receiver = await here.receiver();
  receiver.respond(behave.redirect(`${receiver.url}/elsewhere`));
  const { call, id } = await told(contract, receiver);
  expect(await attempted(call, id, 1)).toMatchObject({ status: 'retrying', response_code: 302 });
  receiver.respond(404);
  await call('POST', `/api/recruiter/webhooks/deliveries/${id}/retry`);
  expect(await attempted(call, id, 2)).toMatchObject({ status: 'retrying', response_code: 404 });
  expect(receiver.requests.some(({ path }) => path === '/elsewhere')).toBe(false);
});

test('a retry of seconds is made by the sweep when the process that owed it was killed', async () => {
  const receiver = await here.receiver();
  receiver.respond(500);
  const first = await startApp();
  const call = caller(first.url, first.demo.apiKey);
  const hook = await promised.hr.family.create(call, { url: receiver.url, events: [promised.hr.name] });
  await publish(call, promised.hr.event);
  await receiver.waitFor(1);
  const [before] = receiver.requests;
  await attempted(call, before?.headers['webhook-id'] ?? '', 1);
  await first.kill('SIGKILL');
  receiver.respond(200);
  const second = await startApp({ directory: first.directory });
  await receiver.waitFor(({ rawHeaders }) => rawHeaders !== before?.rawHeaders, 10_000);
  const last = receiver.requests.at(-1);
  expect(last?.headers['webhook-id']).toBe(before?.headers['webhook-id']);
  expect(last?.rawBody.equals(before?.rawBody ?? Buffer.of())).toBe(true);
  const again = caller(second.url, second.demo.apiKey);
  await expect
    .poll(() => promised.hr.family.figures(again, hook.id), { timeout: 10_000 })
    .toMatchObject({ total: 1, failed: 0 });
  await second.stop();
}, 180_000);
