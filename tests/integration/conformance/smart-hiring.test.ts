import { expect, test } from 'vitest';
import { z } from 'zod';
import { behave, type Receiver } from '../../receiver';
import { attempted, type Call, deliveryOf, publish, read, signUp } from './client';
import { promised } from './contracts';
import { smartHiring } from './families/smart-hiring';
import { world } from './world';

const here = world();
const { event, name, waitsMs } = promised.smart;
const SUBSCRIPTIONS = '/api/webhooks/subscriptions';
const detail = z.object({
  data: z.object({
    active: z.boolean(),
    statistics: z.object({ delivery_breakdown: z.record(z.string(), z.number()) }),
  }),
});

/** Publishes so many events, and has each fail for good. */
async function failForGood(call: Call, receiver: Receiver, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    receiver.clear();
    await publish(call, event);
    const [request] = await receiver.waitFor(1);
    const id = request?.headers['webhook-id'] ?? '';
    await attempted(call, id, 1);
    for (let attempt = 2; attempt <= waitsMs.length + 1; attempt += 1)
      await call('POST', `/api/recruiter/webhooks/deliveries/${id}/retry`);
    expect((await deliveryOf(call, id)).status).toBe('failed');
  }
}

test('ten deliveries in a row that ended failed switch it off; a success in between counts anew', async () => {
  const { call } = await signUp(here.app, 'ten@example.com');
  const receiver = await here.receiver();
  const { id } = await smartHiring.create(call, { url: receiver.url, events: [name] });
  receiver.respond(500);
  await failForGood(call, receiver, 9);
  expect(await smartHiring.get(call, id)).toMatchObject({ active: true });
  receiver.clear();
  receiver.respond(200);
  await publish(call, event);
  await attempted(call, (await receiver.waitFor(1))[0]?.headers['webhook-id'] ?? '', 1);
  receiver.respond(500);
  await failForGood(call, receiver, 9);
  expect(await smartHiring.get(call, id)).toMatchObject({ active: true });
  await failForGood(call, receiver, 1);
  await expect.poll(() => smartHiring.get(call, id)).toMatchObject({ active: false });
  const shown = await call('GET', `/api/recruiter/webhooks/${id}`);
  expect(shown.body).toMatchObject({ webhook: { disabled_reason: 'failing' } });

  // Off, it keeps what comes; on again, it starts to count anew.
  receiver.clear();
  await publish(call, event);
  expect((await smartHiring.history(call, id))[0]).toMatchObject({ status: 'pending', attempts: 0 });
  expect(await smartHiring.update(call, id, { active: true })).toMatchObject({ active: true });
  await failForGood(call, receiver, 1);
  expect(await smartHiring.get(call, id)).toMatchObject({ active: true });
}, 120_000);

test('an answer outside 2xx is failed, none is error: in the history and in the breakdown', async () => {
  const { call } = await signUp(here.app, 'breakdown@example.com');
  const receiver = await here.receiver();
  const { id } = await smartHiring.create(call, { url: receiver.url, events: [name] });
  const once = async (responder: Parameters<Receiver['respond']>[0]) => {
    receiver.clear();
    receiver.respond(responder);
    await publish(call, event);
    return (await receiver.waitFor(1))[0]?.headers['webhook-id'] ?? '';
  };
  await attempted(call, await once(200), 1);
  await attempted(call, await once(204), 1);
  const answered = await once(behave.status(500));
  await attempted(call, answered, 1);
  expect((await smartHiring.history(call, id))[0]).toMatchObject({
    status: 'failed',
    attempts: 1,
    code: 500,
  });
  const dropped = await once(behave.closeWithoutAnswer());
  await attempted(call, dropped, 1);
  const [row] = await smartHiring.history(call, id);
  expect(row).toMatchObject({ id: dropped, status: 'error', code: null });
  expect(row?.error).toBeTruthy();
  for (const [delivery, responder] of [
    [dropped, behave.closeWithoutAnswer()],
    [answered, behave.status(502)],
  ] as const) {
    receiver.respond(responder);
    for (let attempt = 2; attempt <= 4; attempt += 1)
      await call('POST', `/api/recruiter/webhooks/deliveries/${delivery}/retry`);
  }
  expect(await smartHiring.figures(call, id)).toEqual({ total: 4, failed: 2, rate: 50 });
  const shown = read(await call('GET', `${SUBSCRIPTIONS}/${id}`), 200, detail);
  expect(shown.data.statistics.delivery_breakdown).toEqual({ success: 2, failed: 1, error: 1 });
});

test('history is limited to 1 to 100, 50 when not said; PUT leaves the rest', async () => {
  const { call } = await signUp(here.app, 'limits@example.com');
  const receiver = await here.receiver();
  const { id } = await smartHiring.create(call, { url: receiver.url, events: [name] });
  const batch = { events: Array.from({ length: 55 }, () => event) };
  expect((await call('POST', '/api/v1/events/batch', batch)).status).toBe(202);
  await receiver.waitFor(55, 20_000);
  const path = `${SUBSCRIPTIONS}/${id}/deliveries`;
  const page = z.object({ data: z.array(z.object({ id: z.string() })) });
  const many = async (query: string) => read(await call('GET', path + query), 200, page).data;
  expect(await many('')).toHaveLength(50);
  expect(await many('?limit=1')).toHaveLength(1);
  const all = (await many('?limit=100')).map((row) => row.id);
  expect(all).toHaveLength(55);
  expect(all).toEqual(all.toSorted().toReversed());
  for (const limit of ['0', '101', '-1', 'ten', '1.5', ''])
    read(await call('GET', `${path}?limit=${limit}`), 400, smartHiring.error);

  const whole = z.object({ data: z.record(z.string(), z.unknown()) });
  const before = read(await call('GET', `${SUBSCRIPTIONS}/${id}`), 200, whole).data;
  const after = read(
    await call('PUT', `${SUBSCRIPTIONS}/${id}`, { ...before, description: 'CRM' }),
    200,
    whole,
  ).data;
  expect(after).toMatchObject({ id, url: receiver.url, events: [name], active: true, description: 'CRM' });
});
