import { expect } from 'vitest';
import { behave } from '../../receiver';
import { attempted, type Call, deliveryOf, publish, signUp } from './client';
import type { Promised } from './promised';
import { expectDelivery, guideAccepts, rawAccepts, standardAccepts } from './received';
import type { World } from './world';

const MINUTE = 60_000;
const retryPath = (id: string) => `/api/recruiter/webhooks/deliveries/${id}/retry`;
const sum = (waits: readonly number[]) => waits.reduce((all, wait) => all + wait, 0);

/** Waits until a delivery has failed for good; a schedule of minutes is not waited for: a person sends it again. */
async function failed(call: Call, id: string, waitsMs: readonly number[]): Promise<void> {
  const until = Date.now() + 30_000;
  while ((await deliveryOf(call, id)).status !== 'failed') {
    if (sum(waitsMs) > MINUTE / 4) await call('POST', retryPath(id));
    if (Date.now() > until) throw new Error('It did not fail in time');
  }
}

/** The HTTP life of a webhook, in order: each step stands on those before it. */
export async function live(here: World, promised: Promised): Promise<void> {
  const { family, event, name, otherName, words } = promised;
  // A user of an organization of their own: row level security decides what is seen.
  const { call, userId } = await signUp(here.app, `life@${promised.contract}.example`);
  const receiver = await here.receiver();
  const url = `${receiver.url}/webhooks?of=${promised.contract}`;
  const publishIt = () => publish(call, { ...event, userId });

  // Subscribe, list, get: the secret is shown once.
  const made = await family.create(call, { url, events: [name] });
  expect(made).toMatchObject({ url, events: [name], active: true });
  expect(made.secret).toMatch(promised.secret);
  const { secret: first, ...shown } = made;
  expect(await family.list(call)).toEqual([shown]);
  expect(await family.get(call, made.id)).toEqual(shown);
  for (const path of [family.collection, family.path(made.id), '/api/recruiter/webhooks']) {
    expect(JSON.stringify((await call('GET', path)).body)).not.toContain(first);
  }
  expect(await family.figures(call, made.id)).toMatchObject({ total: 0, failed: 0 });
  expect(await family.history(call, made.id)).toEqual([]);

  // An event arrives as the guide shows, and verifies as its receiver does.
  expect((await publishIt()).deliveries).toBe(1);
  const [delivered] = await receiver.waitFor(1);
  if (!delivered) throw new Error('nothing was received');
  const known = expectDelivery(promised, delivered, { webhookId: made.id, secret: first, userId });
  const wrong = `${first.slice(0, 12)}${first[12] === 'A' ? 'B' : 'A'}${first.slice(13)}`;
  expect(guideAccepts(promised, delivered, wrong) && promised.signature !== null).toBe(false);
  expect(standardAccepts(delivered, wrong)).toBe(false);
  // What the dashboard shows of it are the very bytes that were sent, however they are stored.
  const shownBody = (await attempted(call, known.deliveryId, 1)).request_body;
  expect(shownBody).toBe(delivered.rawBody.toString());
  expect(await family.history(call, made.id)).toEqual([
    expect.objectContaining({
      id: known.deliveryId,
      status: words.success,
      attempts: 1,
      code: 200,
      error: null,
    }),
  ]);
  expect(await family.figures(call, made.id)).toMatchObject({ total: 1, failed: 0 });

  // A failure is told, and sent again: the same id, the same bytes.
  receiver.clear();
  receiver.respond(behave.inTurn(behave.status(500), behave.status(204)));
  await publishIt();
  const [failedOnce] = await receiver.waitFor(1);
  const again = failedOnce?.headers['webhook-id'] ?? '';
  await attempted(call, again, 1);
  const [failing] = await family.history(call, made.id);
  expect(failing).toMatchObject({ id: again, attempts: 1, code: 500 });
  expect(failing?.error).toEqual(words.answered500);
  if (sum(promised.waitsMs) > MINUTE) await call('POST', retryPath(again));
  await attempted(call, again, 2);
  const [before, after] = await receiver.waitFor(2);
  expect(after?.headers['webhook-id']).toBe(again);
  expect(after?.rawBody.equals(before?.rawBody ?? Buffer.of())).toBe(true);
  expect((await family.history(call, made.id))[0]).toMatchObject({
    attempts: 2,
    status: words.success,
    code: 204,
  });

  // One that never succeeds ends failed, and the figures say so.
  receiver.respond(503);
  await publishIt();
  await receiver.waitFor(3);
  const lost = receiver.requests[2]?.headers['webhook-id'] ?? '';
  await attempted(call, lost, 1);
  await failed(call, lost, promised.waitsMs);
  const history = await family.history(call, made.id);
  expect(history).toHaveLength(3);
  expect(history[0]).toMatchObject({
    id: lost,
    status: words.failed,
    attempts: promised.waitsMs.length + 1,
    code: 503,
  });
  const figures = await family.figures(call, made.id);
  expect(figures).toEqual({ total: 3, failed: 1, rate: figures.rate === null ? null : 66.67 });

  // Rotation: both secrets verify while they overlap, then only the new one.
  receiver.clear();
  receiver.respond(200);
  const second = await family.rotate(call, made.id);
  expect(second).toMatch(promised.secret);
  expect(second).not.toBe(first);
  await publishIt();
  const [overlapping] = await receiver.waitFor(1);
  if (!overlapping) throw new Error('nothing was received');
  expect(overlapping.headers['webhook-signature']?.split(' ')).toHaveLength(2);
  expect(standardAccepts(overlapping, first)).toBe(true);
  expect(standardAccepts(overlapping, second)).toBe(true);
  expect(rawAccepts(promised, overlapping, second)).toBe(true);
  const third = await family.rotate(call, made.id, 0);
  await publishIt();
  const [, rotated] = await receiver.waitFor(2);
  if (!rotated) throw new Error('nothing was received');
  expect(rotated.headers['webhook-signature']?.split(' ')).toHaveLength(1);
  expect(standardAccepts(rotated, third)).toBe(true);
  expect(guideAccepts(promised, rotated, third)).toBe(true);
  for (const old of [first, second]) expect(standardAccepts(rotated, old)).toBe(false);

  // Off: events are held; a test goes out all the same, and counts nowhere.
  await attempted(call, rotated.headers['webhook-id'] ?? '', 1);
  expect(await family.update(call, made.id, { active: false })).toMatchObject({
    active: false,
    events: [name],
  });
  receiver.clear();
  await publishIt();
  const counted = await family.figures(call, made.id);
  expect((await family.history(call, made.id))[0]).toMatchObject({ status: words.held, attempts: 0 });
  expect(await family.test(call, made.id)).toEqual({ ok: true, code: 200, error: null });
  const [tested] = receiver.requests;
  if (!tested) throw new Error('no test was received');
  expect(receiver.requests).toHaveLength(1);
  const body: unknown = JSON.parse(tested.rawBody.toString());
  expect(body).toMatchObject({
    [promised.signature ? 'event' : 'type']: promised.testName,
    data: { message: expect.stringContaining('test') },
  });
  expect(standardAccepts(tested, third)).toBe(true);
  receiver.respond(418);
  const refused = await family.test(call, made.id);
  expect(refused).toEqual({ ok: false, code: 418, error: expect.stringContaining('418') });
  expect(await family.figures(call, made.id)).toEqual(counted);

  // Other events: what is no longer subscribed to is not sent.
  const moved = await family.update(call, made.id, { active: true, events: [otherName] });
  expect(moved).toEqual({ ...shown, active: true, events: [otherName] });
  expect((await publishIt()).deliveries).toBe(0);

  // Gone.
  await family.remove(call, made.id);
  await family.expectGone(call, made.id);
  expect((await publishIt()).deliveries).toBe(0);
}
