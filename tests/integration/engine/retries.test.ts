import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { behave, type Receiver, startReceiver, verify } from '@/tests/receiver';
import { attemptsOf, makeOrganization, makeWebhook, offerAccepted, onlyDelivery } from './support/tenant';
import { type ManualClock, manualClock, startWorker, type Worker } from './support/worker';
import { forget, openMemoryWorld, type World } from './support/world';

let world: World;
let receiver: Receiver;
let clock: ManualClock;
let worker: Worker;
let organization: string;

beforeAll(async () => {
  world = await openMemoryWorld();
});
afterAll(() => world.close());

beforeEach(async () => {
  receiver = await startReceiver();
  clock = manualClock();
  worker = startWorker(world, { clock });
  organization = await makeOrganization(world);
});
afterEach(async () => {
  await worker.close();
  await receiver.close();
  await forget(world);
});

/** Moves the clock by a second less, finds nothing due, then by that second, and makes one pass. */
async function attemptAfter(seconds: number) {
  clock.advance(seconds * 1000 - 1000);
  expect((await worker.sweepOnce()).claimed).toBe(0);
  clock.advance(1000);
  return worker.sweepOnce();
}

/** The libraries ask the system what time it is. */
function atTime<T>(now: Date, work: () => T): T {
  vi.useFakeTimers({ toFake: ['Date'], now });
  try {
    return work();
  } finally {
    vi.useRealTimers();
  }
}

describe('a delivery answered 500', () => {
  it('is attempted again after 1, 5 and 30 minutes, then ends failed, always with the same bytes and id', async () => {
    receiver.respond(500);
    const webhook = await makeWebhook(world, organization, { url: `${receiver.url}/hook?a=1` });
    const start = clock.now().getTime();
    const sentAt = [clock.now()];
    await worker.publish(organization, offerAccepted());
    expect(receiver.requests).toHaveLength(1);
    for (const delay of [60, 300, 1800]) {
      expect(await attemptAfter(delay)).toEqual({
        claimed: 1,
        succeeded: 0,
        failed: delay === 1800 ? 1 : 0,
        retrying: delay === 1800 ? 0 : 1,
      });
      sentAt.push(clock.now());
    }
    expect(sentAt.map((at) => (at.getTime() - start) / 1000)).toEqual([0, 60, 360, 2160]);

    const delivery = await onlyDelivery(world, webhook.id);
    expect(delivery).toMatchObject({ status: 'failed', reason: 'exhausted', attempts: 4, due_in_s: null });
    expect((await attemptsOf(world, delivery.id)).map((one) => one.status_code)).toEqual([
      500, 500, 500, 500,
    ]);
    clock.advance(86_400_000);
    expect((await worker.sweepOnce()).claimed).toBe(0);

    expect(receiver.requests).toHaveLength(4);
    const [first] = receiver.requests;
    for (const [index, request] of receiver.requests.entries()) {
      const now = sentAt[index] ?? new Date(0);
      const { headers, rawBody } = request;
      expect(rawBody.equals(first?.rawBody ?? Buffer.alloc(0))).toBe(true);
      expect(rawBody.toString()).toBe(delivery.body);
      expect(headers).toMatchObject({
        'webhook-id': delivery.id,
        'x-webhook-delivery-id': delivery.id,
        'x-webhook-event': 'offer.accepted',
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      });
      expect(verify.verifyStandard(headers, rawBody, webhook.secret, now.getTime())).toBe(true);
      const ownHeader = verify.verifyHex({ header: 'X-Webhook-Signature', prefix: 'sha256=' });
      expect(ownHeader(headers, rawBody, webhook.secret)).toBe(true);
      atTime(now, () => {
        expect(verify.verifyWithStandardWebhooks(headers, rawBody, webhook.secret)).toBe(true);
        expect(verify.verifyWithSvix(headers, rawBody, webhook.secret)).toBe(true);
        const spoiled = Buffer.concat([rawBody, Buffer.from(' ')]);
        expect(verify.verifyWithStandardWebhooks(headers, spoiled, webhook.secret)).toBe(false);
        expect(verify.verifyWithSvix(headers, spoiled, webhook.secret)).toBe(false);
      });
    }
  });

  it('ends as soon as a later attempt is answered 200', async () => {
    receiver.respond(behave.inTurn(behave.status(500), behave.status(200, { body: 'thanks' })));
    const webhook = await makeWebhook(world, organization, { url: receiver.url });
    await worker.publish(organization, offerAccepted());
    expect(await attemptAfter(60)).toMatchObject({ claimed: 1, succeeded: 1 });
    expect(await onlyDelivery(world, webhook.id)).toMatchObject({
      status: 'success',
      reason: null,
      attempts: 2,
      response_code: 200,
    });
    clock.advance(86_400_000);
    expect((await worker.sweepOnce()).claimed).toBe(0);
  });
});

describe('an answer that says when', () => {
  it('lengthens the wait, and never shortens it', async () => {
    receiver.respond(behave.inTurn(behave.retryAfter('90'), behave.retryAfter('5', 503), behave.status(200)));
    const webhook = await makeWebhook(world, organization, { url: receiver.url });
    await worker.publish(organization, offerAccepted());
    expect(await attemptAfter(90)).toMatchObject({ retrying: 1 });
    expect(await attemptAfter(300)).toMatchObject({ succeeded: 1 });
    expect(await onlyDelivery(world, webhook.id)).toMatchObject({ status: 'success', attempts: 3 });
  });

  it('counts for 429 and 503 only', async () => {
    receiver.respond(behave.retryAfter('600', 500));
    const webhook = await makeWebhook(world, organization, { url: receiver.url });
    await worker.publish(organization, offerAccepted());
    expect(await onlyDelivery(world, webhook.id, clock.now())).toMatchObject({ due_in_s: 60 });
  });
});

describe('answers that are no success', () => {
  it('410 ends the delivery and switches the webhook off', async () => {
    receiver.respond(410);
    const webhook = await makeWebhook(world, organization, { url: receiver.url });
    await worker.publish(organization, offerAccepted());
    expect(await onlyDelivery(world, webhook.id)).toMatchObject({ status: 'failed', reason: 'gone' });
    const [row] = await world.sql(
      'select is_active, disabled_reason from public.webhooks where id = $1::uuid',
      [webhook.id],
    );
    expect(row).toEqual({ is_active: false, disabled_reason: 'gone' });
  });

  it.each([301, 302, 307, 308])('%i is not followed, and counts as a failure', async (code) => {
    const elsewhere = await startReceiver();
    receiver.respond(behave.redirect(`${elsewhere.url}/stolen`, code));
    const webhook = await makeWebhook(world, organization, { url: receiver.url });
    await worker.publish(organization, offerAccepted());
    expect(await onlyDelivery(world, webhook.id)).toMatchObject({ status: 'retrying', response_code: code });
    expect(elsewhere.requests).toHaveLength(0);
    await elsewhere.close();
  });

  it('nothing that listens is an attempt without an answer, retried on the same schedule', async () => {
    const port = receiver.port;
    await receiver.close();
    const webhook = await makeWebhook(world, organization, { url: `http://127.0.0.1:${port}/` });
    await worker.publish(organization, offerAccepted());
    const delivery = await onlyDelivery(world, webhook.id, clock.now());
    expect(delivery).toMatchObject({ status: 'retrying', response_code: null, due_in_s: 60 });
    expect(await attemptsOf(world, delivery.id)).toMatchObject([{ error_class: 'refused' }]);
    receiver = await startReceiver({ port });
    expect(await attemptAfter(60)).toMatchObject({ succeeded: 1 });
  });

  it('an answer that PostgreSQL cannot hold as it is does not keep the attempt from being recorded', async () => {
    receiver.respond(
      behave.raw(
        Buffer.concat([
          Buffer.from('HTTP/1.1 500 Oh\r\nx-odd: a\xffb\r\ncontent-length: 9\r\n\r\n', 'latin1'),
          Buffer.from([0, 0xed, 0xa0, 0x80, 0xff, 0xfe, 0x7b, 0x5c, 0x75]),
        ]),
      ),
    );
    const webhook = await makeWebhook(world, organization, { url: receiver.url });
    await worker.publish(organization, offerAccepted());
    expect(await onlyDelivery(world, webhook.id)).toMatchObject({ status: 'retrying', response_code: 500 });
  });
});

it('a secret that cannot be opened is an attempt that failed: it ends, and a person sees why', async () => {
  const webhook = await makeWebhook(world, organization, { url: receiver.url });
  await world.sql(`update public.webhook_secrets set secret = 'sealed:v1:AAAA' where webhook_id = $1::uuid`, [
    webhook.id,
  ]);
  await worker.publish(organization, offerAccepted());
  expect(receiver.requests).toHaveLength(0);
  const delivery = await onlyDelivery(world, webhook.id, clock.now());
  expect(delivery).toMatchObject({ status: 'retrying', attempts: 1, due_in_s: 60 });
  expect(delivery.error).toContain('HIREHOOK_ENCRYPTION_KEY');
});
