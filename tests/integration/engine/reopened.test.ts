import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LEASES } from '@/lib/webhooks/policy';
import { type Receiver, startReceiver } from '@/tests/receiver';
import { startPostgres, type ThrowAwayPostgres } from '@/tests/support/postgres';
import { claim, outcomeOf } from './support/by-hand';
import { whileOpen } from './support/held';
import { maintain, maintainOnce, openSince, putOld, weekFloor } from './support/old-weeks';
import { makeOrganization, makeWebhook } from './support/tenant';
import { type ManualClock, manualClock, startWorker, type Worker } from './support/worker';
import { forget, openPostgresWorld, type World } from './support/world';

/** Nothing open is left out of the claims, however old it is and whatever else happens at that moment. */

const LEASE_MS = LEASES.bpoc ?? 0;
let postgres: ThrowAwayPostgres;
let world: World;
let receiver: Receiver;
let clock: ManualClock;
let worker: Worker;
let organizationId: string;
let webhookId: string;

beforeAll(async () => {
  postgres = await startPostgres();
  world = await openPostgresWorld(postgres.url);
  await world.sql(`select private.ensure_partitions(now() - interval '12 weeks', now())`);
});
afterAll(async () => {
  await world?.close();
  await postgres?.stop();
});
beforeEach(async () => {
  receiver = await startReceiver();
  clock = manualClock();
  worker = startWorker(world, { clock });
  organizationId = await makeOrganization(world);
  webhookId = (await makeWebhook(world, organizationId, { url: receiver.url })).id;
});
afterEach(async () => {
  await worker.close();
  await receiver.close();
  await forget(world);
  await maintain(world);
});

async function put(weeksAgo: number, status: Parameters<typeof putOld>[1]['status']): Promise<string> {
  const [id] = await putOld(world, { organizationId, webhookId, weeksAgo, status });
  if (id === undefined) throw new Error('nothing was stored');
  return id;
}
const end = (id: string) =>
  world.sql(
    `update public.webhook_deliveries set status = 'success', next_attempt_at = null where id = $1::uuid`,
    [id],
  );
const claimed = async () => (await claim(worker)).map(({ id }) => id);

describe('after maintenance claims begin', () => {
  it('in the past week when nothing older is open', async () => {
    await put(9, 'failed');
    await put(7, 'held');
    await put(5, 'success');
    await put(0, 'retrying');
    await maintain(world);
    expect(await openSince(world)).toBe(await weekFloor(world, 1));
  });

  it('in the oldest week that has something open', async () => {
    const [oldest, younger] = [await put(9, 'retrying'), await put(5, 'pending')];
    await put(11, 'failed');
    await maintain(world);
    expect(await openSince(world)).toBe(await weekFloor(world, 9));
    await end(oldest);
    await maintain(world);
    expect(await openSince(world)).toBe(await weekFloor(world, 5));
    await end(younger);
    await maintain(world);
    expect(await openSince(world)).toBe(await weekFloor(world, 1));
  });
});

describe('of a week that was left out', () => {
  it('a failed delivery that is resent is claimed again after its lease', async () => {
    const old = await put(5, 'failed');
    await maintain(world);
    expect((await openSince(world)) > old).toBe(true);
    await worker.database.lease(organizationId, old);
    expect((await openSince(world)) <= old).toBe(true);
    expect(await claimed()).toEqual([]);
    // The process that resent it is dead.
    clock.advance(LEASE_MS + 1);
    expect(await claimed()).toEqual([old]);
  });

  it('and stays in sight from one maintenance to the next, until it ends', async () => {
    const old = await put(5, 'failed');
    await maintain(world);
    await worker.database.lease(organizationId, old);
    await maintain(world);
    expect(await openSince(world)).toBe(await weekFloor(world, 5));
    clock.advance(LEASE_MS + 1);
    const [delivery] = await claim(worker);
    if (!delivery) throw new Error('nothing was claimed');
    await worker.database.record([outcomeOf(delivery, clock, 200)]);
    await maintain(world);
    expect(await openSince(world)).toBe(await weekFloor(world, 1));
  });

  it('missed deliveries that are recovered are claimed, all of them', async () => {
    const old = [await put(9, 'held'), await put(5, 'failed'), await put(3, 'failed')];
    await maintain(world);
    const client = await world.client();
    const { data } = await client.rpc('recover_deliveries', {
      p_organization_id: organizationId,
      p_webhook_id: webhookId,
      p_statuses: ['held', 'failed'],
      p_now: clock.now().toISOString(),
    });
    expect(data).toBe(3);
    expect((await claimed()).sort()).toEqual(old);
  });

  it('what is open is sent by the sweep', async () => {
    await put(9, 'retrying');
    await put(5, 'pending');
    await maintain(world);
    expect(await worker.sweepOnce()).toMatchObject({ claimed: 2, succeeded: 2 });
    expect(receiver.requests).toHaveLength(2);
  });

  it('what is open although claims begin later is found by a sweep that stays', async () => {
    await maintain(world);
    const old = await put(5, 'retrying');
    expect(await claimed()).toEqual([]);
    expect((await openSince(world)) > old).toBe(true);
    // A sweep maintains after its first look, and looks again.
    const found = new AbortController();
    const swept = worker.sweepFor(20_000, 1, found.signal);
    await expect.poll(() => receiver.requests.length, { timeout: 20_000 }).toBe(1);
    found.abort();
    expect(await swept).toMatchObject({ claimed: 1, succeeded: 1 });
  });
});

describe('maintenance that meets a resend in the middle', () => {
  const resend = (id: string) => [
    `select public.lease_delivery('${organizationId}', '${id}', '${JSON.stringify(LEASES)}', '${clock.now().toISOString()}')`,
  ];

  it('lets it be, and does the rest', async () => {
    const old = await put(5, 'failed');
    await maintain(world);
    const done = await whileOpen(postgres.url, resend(old), () => maintainOnce(world));
    expect(done).toMatchObject({ busy: ['since'], more: false });
    expect((await openSince(world)) <= old).toBe(true);
  });

  it('does not leave its week out, although nothing else is open there', async () => {
    const [other, old] = [await put(5, 'retrying'), await put(5, 'failed')];
    await maintain(world);
    await end(other);
    // Claims begin low enough already: the resend changes nothing there.
    await whileOpen(postgres.url, resend(old), () => maintainOnce(world));
    expect((await openSince(world)) <= old).toBe(true);
    clock.advance(LEASE_MS + 1);
    expect(await claimed()).toEqual([old]);
  });
});
