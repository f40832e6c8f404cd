import { v7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deliver } from '@/lib/webhooks/deliver';
import { leasedFrom } from '@/lib/webhooks/leased';
import { LEASES } from '@/lib/webhooks/policy';
import { type Receiver, startReceiver, verify } from '@/tests/receiver';
import { claim, outcomeOf } from './support/by-hand';
import {
  attemptsOf,
  deliveriesOf,
  makeOrganization,
  makeWebhook,
  offerAccepted,
  onlyDelivery,
} from './support/tenant';
import { type ManualClock, manualClock, startWorker, type Worker } from './support/worker';
import { forget, openMemoryWorld, type World } from './support/world';

const LEASE_MS = LEASES.bpoc ?? 0;

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

/** A delivery that is due, and leased to nobody. */
async function due(url = receiver.url) {
  const webhook = await makeWebhook(world, organization, { url });
  const full = startWorker(world, { clock, places: 0 });
  await full.publish(organization, offerAccepted());
  await full.close();
  return webhook;
}

async function claimOne() {
  const [delivery, ...more] = await claim(worker);
  if (!delivery || more.length > 0) throw new Error('not exactly one delivery was claimed');
  return delivery;
}

const send = (delivery: Awaited<ReturnType<typeof claimOne>>) =>
  deliver(delivery, { egress: worker.egress, clock, random: () => 0.5, unseal: (secret) => secret });

describe('a worker that dies between send and record', () => {
  it('leaves a delivery that is sent again after its lease, under the same id, with the same bytes', async () => {
    const webhook = await due();
    await send(await claimOne());
    clock.advance(LEASE_MS - 1);
    expect((await worker.sweepOnce()).claimed).toBe(0);
    clock.advance(1);
    expect(await worker.sweepOnce()).toMatchObject({ claimed: 1, succeeded: 1 });

    const [first, second] = receiver.requests;
    if (!first || !second) throw new Error('it was not sent twice');
    expect(second.rawBody.equals(first.rawBody)).toBe(true);
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
    expect(verify.verifyStandard(second.headers, second.rawBody, webhook.secret, clock.now().getTime())).toBe(
      true,
    );
    expect(await onlyDelivery(world, webhook.id)).toMatchObject({ status: 'success', attempts: 1 });
  });

  it('leaves a test that is sent again, too', async () => {
    receiver.respond(200);
    const webhook = await makeWebhook(world, organization, { url: receiver.url, isActive: false });
    const event = {
      id: v7({ msecs: clock.now().getTime() }),
      type: 'webhook.test',
      data: '{}',
      user_id: null,
    };
    const occurred = clock.now().toISOString();
    await worker.database.publishTest(
      organization,
      webhook.id,
      { ...event, occurred_at: occurred },
      LEASE_MS,
    );
    clock.advance(LEASE_MS);
    expect(await worker.sweepOnce()).toMatchObject({ claimed: 1, succeeded: 1 });
    expect(receiver.requests).toHaveLength(1);
  });
});

describe('a late worker', () => {
  it('whose attempt failed is logged and changes nothing that came after it', async () => {
    const webhook = await due();
    const late = await claimOne();
    clock.advance(LEASE_MS);
    const current = await claimOne();
    expect(current).toMatchObject({ id: late.id, number: late.number });
    expect(current.token).not.toBe(late.token);
    await worker.database.record([outcomeOf(current, clock, 200)]);
    const before = await onlyDelivery(world, webhook.id);
    expect(await worker.database.record([outcomeOf(late, clock, 500)])).toMatchObject({ late: 1 });
    expect(await onlyDelivery(world, webhook.id)).toEqual(before);
    expect(await attemptsOf(world, late.id)).toMatchObject([{ number: 1, status_code: 200 }]);
  });

  it('whose attempt failed before the next one was recorded has an entry, and leaves the lease alone', async () => {
    const webhook = await due();
    const late = await claimOne();
    clock.advance(LEASE_MS);
    await claimOne();
    const before = await onlyDelivery(world, webhook.id, clock.now());
    await worker.database.record([outcomeOf(late, clock, 503)]);
    expect(await attemptsOf(world, late.id)).toMatchObject([{ number: 1, status_code: 503 }]);
    expect(await onlyDelivery(world, webhook.id, clock.now())).toMatchObject({
      status: before.status,
      leased: true,
      due_in_s: before.due_in_s,
    });
  });

  it('that succeeded counts, whatever came after it', async () => {
    const webhook = await due();
    const late = await claimOne();
    clock.advance(LEASE_MS);
    const current = await claimOne();
    await worker.database.record([outcomeOf(current, clock, 500)]);
    expect((await onlyDelivery(world, webhook.id)).status).toBe('retrying');
    await worker.database.record([outcomeOf(late, clock, 200)]);
    expect(await onlyDelivery(world, webhook.id)).toMatchObject({ status: 'success', due_in_s: null });
    clock.advance(3_600_000);
    expect(await claim(worker)).toEqual([]);
  });

  it('never makes for more attempts than the schedule has, whoever dies in between', async () => {
    const webhook = await due();
    for (const delay of [60_000, 300_000, 1_800_000]) {
      await worker.database.record([outcomeOf(await claimOne(), clock, 500)]);
      clock.advance(delay);
    }
    const late = await claimOne();
    expect(late.number).toBe(4);
    clock.advance(LEASE_MS);
    const dies = await claimOne();
    await worker.database.record([outcomeOf(late, clock, 500)]);
    clock.advance(LEASE_MS);
    const last = await claim(worker);
    for (const delivery of last) {
      expect(delivery.number).toBe(4);
      await worker.database.record([outcomeOf(delivery, clock, 500)]);
    }
    expect(await attemptsOf(world, dies.id)).toHaveLength(4);
    expect(await onlyDelivery(world, webhook.id)).toMatchObject({ status: 'failed', attempts: 4 });
  });
});

describe('recording', () => {
  it('twice does it once: attempts, statistics, totals', async () => {
    const webhook = await due();
    const outcome = outcomeOf(await claimOne(), clock, 500);
    const figures = () =>
      world.sql(
        `select t.attempts, t.success, t.failed, t.error, t.failures_since_success, t.duration_ms, h.hourly
         from public.webhook_totals t join public.webhook_stats s using (webhook_id), unnest(s.attempts) as h (hourly)
         where h.hourly <> 0 and webhook_id = $1::uuid`,
        [webhook.id],
      );
    await worker.database.record([outcome]);
    const [once, deliveryOnce] = [await figures(), await onlyDelivery(world, webhook.id)];
    expect(once).toMatchObject([{ hourly: 1, failures_since_success: 1 }]);
    clock.advance(1000);
    await worker.database.record([outcome]);
    expect(await figures()).toEqual(once);
    expect(await onlyDelivery(world, webhook.id)).toEqual(deliveryOnce);
    expect(await attemptsOf(world, outcome.id)).toHaveLength(1);
  });

  it('takes two outcomes of one delivery one after the other, since the second depends on the first', async () => {
    const webhook = await due();
    const late = await claimOne();
    clock.advance(LEASE_MS);
    await worker.database.record([outcomeOf(await claimOne(), clock, 500)]);
    clock.advance(60_000);
    const pair = [outcomeOf(late, clock, 200), outcomeOf(await claimOne(), clock, 500)];
    await expect(worker.database.record(pair)).rejects.toMatchObject({ code: '21000' });
    expect(await onlyDelivery(world, webhook.id)).toMatchObject({ status: 'retrying', attempts: 1 });

    // Two calls are under way at once; what comes meanwhile is joined.
    await due();
    const more = (await claim(worker)).slice(0, 2).map((delivery) => outcomeOf(delivery, clock, 200));
    expect(more).toHaveLength(2);
    const recorded = await Promise.all([...more, ...pair].map(worker.recorder));
    expect(recorded).toEqual([true, true, true, true]);
    expect((await deliveriesOf(world, webhook.id))[0]).toMatchObject({ status: 'success', attempts: 2 });
  });

  it('an unknown delivery says so and spoils nothing', async () => {
    const webhook = await due();
    const known = outcomeOf(await claimOne(), clock, 200);
    const unknown = { ...known, id: known.id.replace(/.{12}$/, '000000000000') };
    expect(await worker.database.record([unknown, known])).toMatchObject({ recorded: 1, late: 1 });
    expect((await onlyDelivery(world, webhook.id)).status).toBe('success');
  });
});

describe('giving leases back', () => {
  it('makes the delivery due at once, under the same number', async () => {
    await due();
    const first = await claimOne();
    expect(await worker.database.release([first])).toBe(1);
    expect(await claimOne()).toMatchObject({ id: first.id, number: 1 });
  });

  it('does nothing for a token that is not current', async () => {
    await due();
    const first = await claimOne();
    clock.advance(LEASE_MS);
    await claimOne();
    expect(await worker.database.release([first])).toBe(0);
    expect(await claim(worker)).toEqual([]);
  });
});

describe('a person who sends once more what has arrived', () => {
  async function again() {
    const webhook = await due();
    await worker.sweepOnce();
    const { id } = await onlyDelivery(world, webhook.id);
    const [delivery] = leasedFrom(await worker.database.lease(organization, id));
    if (!delivery) throw new Error('it was not leased');
    return delivery;
  }
  const numbersOf = async (id: string) => (await attemptsOf(world, id)).map(({ number }) => number);

  it('waits for whoever is doing so, and each sending has its attempt in the log', async () => {
    const delivery = await again();
    clock.advance(LEASE_MS - 1);
    await expect(worker.resender.resend(organization, delivery.id)).rejects.toMatchObject({
      code: 'conflict',
      message: 'This delivery is being sent right now.',
    });
    await worker.database.record([outcomeOf(delivery, clock, 200)]);
    await worker.resender.resend(organization, delivery.id);
    expect(await numbersOf(delivery.id)).toEqual([1, 2, 3]);
  });

  it('waits no longer than a lease for one who died', async () => {
    const delivery = await again();
    clock.advance(LEASE_MS);
    await worker.resender.resend(organization, delivery.id);
    expect(await numbersOf(delivery.id)).toEqual([1, 2]);
  });
});
