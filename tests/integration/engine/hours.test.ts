import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { webhookHours } from '@/lib/manage/statistics';
import { LEASES } from '@/lib/webhooks/policy';
import { claim, outcomeOf } from './support/by-hand';
import { makeOrganization, makeWebhook, offerAccepted } from './support/tenant';
import { type ManualClock, manualClock, startWorker, type Worker } from './support/worker';
import { forget, openMemoryWorld, type World } from './support/world';

/** A webhook's figures hour by hour: what happened is counted in its hour, and taken back from there. */

const LEASE_MS = LEASES.bpoc ?? 0;
let world: World;
let organizationId: string;
let webhookId: string;

beforeAll(async () => {
  world = await openMemoryWorld();
  // Hours begin with the UTC hour wherever the database thinks it is.
  await world.sql(`set timezone to 'Asia/Kolkata'`);
});
afterAll(() => world.close());
beforeEach(async () => {
  await forget(world);
  organizationId = await makeOrganization(world);
  webhookId = (await makeWebhook(world, organizationId, { url: 'http://127.0.0.1:9/' })).id;
});

async function hoursSince(since: string) {
  const caller = {
    organizationId,
    userId: null,
    role: 'owner',
    scopes: null,
    db: world.client,
    functions: world.client,
  } as const;
  const { hours, durationMs } = await webhookHours(caller, webhookId, new Date(since));
  return { hours: hours.map(({ hour, ...counted }) => [hour.toISOString(), counted]), durationMs };
}

/** Publishes, and fails for good after a lease; answers the attempt of a worker that was thought dead meanwhile. */
async function failsForGood(
  worker: Worker,
  clock: ManualClock,
  type: string,
  status: number | null,
  ms: number,
) {
  await worker.publish(organizationId, { ...offerAccepted(), type });
  const [late] = await claim(worker);
  clock.advance(LEASE_MS);
  const [current] = await claim(worker);
  if (!late || !current) throw new Error('nothing was claimed');
  await worker.database.record([
    { ...outcomeOf(current, clock, status, ms), status: 'failed', reason: 'exhausted' },
  ]);
  return { ...late, number: 2 };
}

const none = { success: 0, failed: 0, error: 0, attempts: 0 };

it.each([
  ['an hour', '2026-11-24T13:00:00.000Z', '2026-11-24T12:00:00.000Z'],
  ['a day', '2026-11-25T00:00:00.000Z', '2026-11-24T23:00:00.000Z'],
])(
  'what ends anew after %s has turned is taken back from where it was counted',
  async (_, boundary, before) => {
    const clock = manualClock(new Date(new Date(boundary).getTime() - LEASE_MS - 1_000));
    const worker = startWorker(world, { clock, places: 0 });
    const late = await failsForGood(worker, clock, 'offer.accepted', 500, 40);
    clock.advance(1_000);
    await worker.database.record([outcomeOf(late, clock, 200, 2)]);
    await worker.close();
    expect(await hoursSince('2026-11-20T00:00:00Z')).toEqual({
      hours: [
        [before, { ...none, attempts: 1 }],
        [boundary, { ...none, success: 1, attempts: 1 }],
      ],
      durationMs: 42,
    });
    expect((await hoursSince(boundary)).hours).toHaveLength(1);
    expect(await hoursSince('2026-11-26T00:00:00Z')).toEqual({ hours: [], durationMs: 0 });
  },
);

it('adds up what ends in one hour over batches and event types, and takes back two hours of one day', async () => {
  const clock = manualClock(new Date('2026-11-24T08:00:00Z'));
  const worker = startWorker(world, { clock, places: 0 });
  const failed = async (type: string) => {
    const late = await failsForGood(worker, clock, type, null, 10);
    clock.advance(3_600_000 - LEASE_MS);
    return late;
  };
  const late = [
    await failed('offer.accepted'),
    await failed('offer.accepted'),
    await failed('offer.rejected'),
  ];
  expect((await hoursSince('2026-11-24T00:00:00Z')).hours.map(([, counted]) => counted)).toEqual(
    Array(3).fill({ ...none, error: 1, attempts: 1 }),
  );
  await worker.database.record(late.map((delivery) => outcomeOf(delivery, clock, 200, 1)));
  expect(await hoursSince('2026-11-24T00:00:00Z')).toEqual({
    hours: [
      ...['08', '09', '10'].map((hour) => [`2026-11-24T${hour}:00:00.000Z`, { ...none, attempts: 1 }]),
      ['2026-11-24T11:00:00.000Z', { ...none, success: 3, attempts: 3 }],
    ],
    durationMs: 33,
  });
  await worker.close();
});
