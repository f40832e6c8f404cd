import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { behave, type Receiver, startReceiver } from '@/tests/receiver';
import { startPostgres, type ThrowAwayPostgres } from '@/tests/support/postgres';
import { claim, outcomeOf } from './support/by-hand';
import { makeOrganization, makeWebhook, offerAccepted } from './support/tenant';
import { manualClock, startWorker, type Worker } from './support/worker';
import { forget, openPostgresWorld, type World } from './support/world';

/** On a real PostgreSQL, where calls really run at the same time. */

let postgres: ThrowAwayPostgres;
let world: World;
let other: World;
let organization: string;
let receiver: Receiver;
const workers: Worker[] = [];

function worker(options: Parameters<typeof startWorker>[1] = {}, of: World = world): Worker {
  const one = startWorker(of, options);
  workers.push(one);
  return one;
}

beforeAll(async () => {
  postgres = await startPostgres();
  world = await openPostgresWorld(postgres.url);
  other = await openPostgresWorld(postgres.url);
});
afterAll(async () => {
  await other?.close();
  await world?.close();
  await postgres?.stop();
});
beforeEach(async () => {
  organization = await makeOrganization(world);
  receiver = await startReceiver();
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((one) => one.close()));
  await receiver.close();
  await forget(world);
});

/** Publishes without sending: everything is due. */
async function publishDue(count: number): Promise<void> {
  const silent = worker({ places: 0 });
  for (let left = count; left > 0; left -= 500)
    await silent.publish(organization, ...Array.from({ length: Math.min(left, 500) }, () => offerAccepted()));
}

it('8 concurrent sweeps over 1,000 due deliveries make exactly 1,000 attempts', async () => {
  for (let n = 0; n < 4; n += 1) await makeWebhook(world, organization, { url: `${receiver.url}/${n}` });
  await publishDue(250);
  const sweeps = Array.from({ length: 8 }, (_, n) => worker({}, n % 2 === 0 ? world : other));
  const counts = await Promise.all(sweeps.map((one) => one.sweepOnce()));
  const sum = (of: 'claimed' | 'succeeded') => counts.reduce((total, one) => total + one[of], 0);
  expect(sum('claimed')).toBe(1000);
  expect(sum('succeeded')).toBe(1000);
  expect(receiver.requests).toHaveLength(1000);
  expect(new Set(receiver.requests.map(({ headers }) => headers['webhook-id'])).size).toBe(1000);
  const [row] = await world.sql(
    `select (select count(*)::integer from public.webhook_attempts) as attempts,
       (select count(*)::integer from public.webhook_deliveries where status = 'success' and attempts = 1) as delivered,
       (select sum(success)::integer from public.webhook_totals) as counted`,
  );
  expect(row).toEqual({ attempts: 1000, delivered: 1000, counted: 1000 });
});

it('one sweep sends the whole backlog of a single webhook, beyond what fits at once', async () => {
  await makeWebhook(world, organization, { url: receiver.url });
  await publishDue(300);
  expect(await worker({ lanes: { initial: 4, min: 2, max: 16 } }).sweepOnce()).toMatchObject({
    claimed: 300,
    succeeded: 300,
  });
  expect(receiver.requests).toHaveLength(300);
});

it('50 concurrent publishes with one idempotency key make one event', async () => {
  await makeWebhook(world, organization, { url: receiver.url });
  const processes = [worker(), worker({}, other)];
  const key = offerAccepted({ idempotencyKey: 'once' });
  const results = await Promise.all(
    Array.from({ length: 50 }, (_, n) => processes[n % 2]?.publish(organization, key)),
  );
  const published = results.flatMap((one) => one ?? []);
  expect(published).toHaveLength(50);
  expect(new Set(published.map((one) => ('id' in one ? one.id : one.message))).size).toBe(1);
  expect(published.filter((one) => 'duplicate' in one && !one.duplicate)).toHaveLength(1);
  expect(published.every((one) => 'deliveries' in one && one.deliveries === 1)).toBe(true);
  const [row] = await world.sql('select count(*)::integer as events from public.webhook_events');
  expect(row).toEqual({ events: 1 });
  await expect.poll(() => receiver.requests.length).toBe(1);

  const conflicting = await processes[0]?.publish(
    organization,
    offerAccepted({ idempotencyKey: 'once', reason: 'other' }),
  );
  expect(conflicting).toMatchObject([{ code: 'idempotency_conflict' }]);
});

it('concurrent recordings, releases and claims of the same webhooks lose nothing', async () => {
  const clock = manualClock();
  const webhooks = [];
  for (let n = 0; n < 5; n += 1) webhooks.push(await makeWebhook(world, organization, { url: receiver.url }));
  await worker({ clock, places: 0 }).publish(
    organization,
    ...Array.from({ length: 80 }, () => offerAccepted()),
  );
  const processes = Array.from({ length: 4 }, (_, n) => worker({ clock }, n % 2 === 0 ? world : other));
  const [first] = processes;
  if (!first) throw new Error('no worker');
  const leased = [];
  for (let some = await claim(first); some.length > 0; some = await claim(first)) leased.push(...some);
  expect(leased).toHaveLength(400);
  const shuffled = leased.toSorted(() => Math.random() - 0.5);
  const [kept, given] = [shuffled.slice(0, 300), shuffled.slice(300)];
  const recordings = kept.map((delivery, n) =>
    processes[n % 4]?.recorder(outcomeOf(delivery, clock, n % 3 === 0 ? 500 : 200)),
  );
  // The same outcomes again, from elsewhere, in other batches, as after a lost answer.
  const repeated = kept
    .toReversed()
    .map((delivery) =>
      processes[kept.indexOf(delivery) % 3]?.recorder(
        outcomeOf(delivery, clock, kept.indexOf(delivery) % 3 === 0 ? 500 : 200),
      ),
    );
  const released = processes[3]?.database.release(given);
  const results = await Promise.all([...recordings, ...repeated]);
  expect(results.every((one) => one === true)).toBe(true);
  expect(await released).toBe(100);
  const [row] = await world.sql(
    `select (select count(*)::integer from public.webhook_attempts) as attempts,
       (select sum(attempts)::integer from public.webhook_totals) as counted,
       (select sum(success)::integer from public.webhook_totals) as succeeded,
       (select count(*)::integer from public.webhook_deliveries where status = 'retrying') as retrying`,
  );
  expect(row).toEqual({ attempts: 300, counted: 300, succeeded: 200, retrying: 100 });
});

it('a backlog of 20,000 on a hanging receiver does not hold up the single event of another webhook', async () => {
  const hanging = await startReceiver();
  hanging.respond(behave.hang());
  const slow = await makeWebhook(world, organization, { url: hanging.url });
  const quickOrganization = await makeOrganization(world);
  await makeWebhook(world, quickOrganization, { url: receiver.url });
  await publishDue(1);
  await world.sql(
    `insert into public.webhook_deliveries (id, organization_id, webhook_id, event_id, event_type, status, next_attempt_at, created_at)
     select private.delivery_id(d.event_id), d.organization_id, d.webhook_id, d.event_id, d.event_type, 'pending', d.next_attempt_at, d.created_at
     from public.webhook_deliveries d, generate_series(2, 20000) where d.webhook_id = $1::uuid`,
    [slow.id],
  );
  const stop = new AbortController();
  const process = worker();
  const staying = process.sweepFor(60_000, 1, stop.signal);
  await hanging.waitFor(1, 10_000);

  const took: number[] = [];
  for (let n = 1; n <= 3; n += 1) {
    const at = Date.now();
    await process.publisher({ organizationId: quickOrganization }, [offerAccepted()]);
    await receiver.waitFor(2 * n - 1);
    took.push(Date.now() - at);
    // One that nobody sends at once: only the sweep can find it.
    const due = Date.now();
    await worker({ places: 0 }).publish(quickOrganization, offerAccepted());
    await receiver.waitFor(2 * n);
    took.push(Date.now() - due);
  }
  expect(Math.max(...took)).toBeLessThan(2000);
  stop.abort();
  await process.close();
  await staying;
  await hanging.close();
});
