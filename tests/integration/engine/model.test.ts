import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { leasedFrom } from '@/lib/webhooks/leased';
import { LEASES } from '@/lib/webhooks/policy';
import type { Outcome } from '@/lib/webhooks/types';
import { claim, outcomeOf } from './support/by-hand';
import { countedFigures, recount, type State, statesOf } from './support/snapshot';
import { makeOrganization, makeWebhook, offerAccepted } from './support/tenant';
import { manualClock, startWorker } from './support/worker';
import { forget, openMemoryWorld, type World } from './support/world';

/**
 * Any order of what workers, people and death do to deliveries: after each step the invariants hold, and the figures
 * are what counting anew gives.
 */

const SCHEDULED = 4;
const LEASE_MS = LEASES.bpoc ?? 0;

const step = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ kind: 'publish' as const }) },
  { weight: 8, arbitrary: fc.constant({ kind: 'claim' as const }) },
  {
    weight: 14,
    arbitrary: fc.record({
      kind: fc.constant('record' as const),
      which: fc.nat(4),
      status: fc.constantFrom(200, 500, 500, 500, 503, null, null),
      durationMs: fc.integer({ min: 1, max: 9000 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('repeat' as const), which: fc.nat(30) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('release' as const), which: fc.nat(30) }) },
  {
    weight: 9,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.constantFrom(1000, LEASE_MS, 60_000, 300_000, 1_800_000, 7_200_000),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('resend' as const), which: fc.nat(30) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('recover' as const), webhook: fc.nat(1) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('switch' as const), webhook: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), webhook: fc.nat(1) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

let world: World;
beforeAll(async () => {
  world = await openMemoryWorld();
});
afterAll(() => world.close());

async function play(steps: readonly Step[]): Promise<void> {
  await forget(world);
  const clock = manualClock();
  const worker = startWorker(world, { clock, places: 0 });
  const organization = await makeOrganization(world);
  const url = 'http://127.0.0.1:9/';
  const webhooks = [
    await makeWebhook(world, organization, { url }),
    await makeWebhook(world, organization, { url }),
  ];
  const db = await world.client();
  const leases: { id: string; token: string; number: number }[] = [];
  const live = new Map<string, number>();
  const recorded: Outcome[] = [];
  const asked = new Map<string, number>();
  const delivered = new Set<string>();
  const ended = new Map<string, 'failed' | 'error'>();
  const askFor = (id: string) => asked.set(id, (asked.get(id) ?? 0) + 1);
  const pick = <T>(from: readonly T[], which: number) => from[which % Math.max(from.length, 1)];

  /** I2, I3, I5: what a worker may be given. */
  function lease(
    delivery: { id: string; token: string; number: number; body: string | null },
    before: State,
  ) {
    expect(live.get(delivery.id) ?? 0).toBeLessThanOrEqual(clock.now().getTime());
    live.set(delivery.id, clock.now().getTime() + LEASE_MS);
    expect(before.is_active && !before.deleted).toBe(true);
    expect(delivery.body).toBe(before.body);
    leases.push(delivery);
  }

  async function record(outcome: Outcome, before: Map<string, State>): Promise<void> {
    const was = before.get(outcome.id);
    await worker.database.record([outcome]);
    recorded.push(outcome);
    const is = (await statesOf(world)).get(outcome.id);
    if (!was || !is) throw new Error('a delivery is gone');
    const current = was.token === outcome.token;
    if (current || outcome.status === 'success') live.delete(outcome.id);
    if (outcome.status === 'success') {
      expect(is.status).toBe('success');
      delivered.add(outcome.id);
      ended.delete(outcome.id);
    } else if (!current) {
      expect({ ...is, attempts: 0, logged: 0, body: null }).toEqual({
        ...was,
        attempts: 0,
        logged: 0,
        body: null,
      });
    } else if (was.status !== 'success') {
      expect(is.status).toBe(outcome.status);
      expect(is.due_at).toBe(
        outcome.retry_ms === undefined ? null : clock.now().getTime() + outcome.retry_ms,
      );
      if (is.status === 'failed') ended.set(outcome.id, outcome.status_code === null ? 'error' : 'failed');
    }
    if (current) expect(is.token).toBeNull();
  }

  async function take(one: Step): Promise<void> {
    const before = await statesOf(world);
    switch (one.kind) {
      case 'publish':
        await worker.publish(organization, offerAccepted());
        return;
      case 'claim':
        for (const delivery of await claim(worker)) {
          const was = before.get(delivery.id);
          if (!was) throw new Error('claimed what is not there');
          expect(['pending', 'retrying']).toContain(was.status);
          expect(was.due_at ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(clock.now().getTime());
          lease(delivery, was);
        }
        return;
      case 'record': {
        const delivery = pick(leases.toReversed(), one.which);
        if (delivery) await record(outcomeOf(delivery, clock, one.status, one.durationMs), before);
        return;
      }
      case 'repeat': {
        const outcome = pick(recorded, one.which);
        if (!outcome) return;
        const figures = await countedFigures(world);
        await worker.database.record([outcome]);
        expect(await statesOf(world)).toEqual(before);
        expect(await countedFigures(world)).toEqual(figures);
        return;
      }
      case 'release': {
        const delivery = pick(leases, one.which);
        if (!delivery) return;
        const current = before.get(delivery.id)?.token === delivery.token;
        if ((await worker.database.release([delivery])) === 1) {
          expect(current).toBe(true);
          live.delete(delivery.id);
        }
        return;
      }
      case 'wait':
        clock.advance(one.ms);
        return;
      case 'resend': {
        const was = pick([...before.values()], one.which);
        if (!was) return;
        const answer = await worker.database.lease(organization, was.id).catch((error: { code?: string }) => {
          expect(error.code).toBe('PT409');
          return null;
        });
        if (!answer) return;
        askFor(was.id);
        for (const delivery of leasedFrom(answer)) lease(delivery, was);
        return;
      }
      case 'recover': {
        const { id } = webhooks[one.webhook] ?? { id: '' };
        const { error } = await db.rpc('recover_deliveries', {
          p_organization_id: organization,
          p_webhook_id: id,
          p_statuses: ['held', 'failed'],
          p_now: clock.databaseNow() ?? undefined,
        });
        for (const was of before.values()) {
          if (!error && was.webhook_id === id && (was.status === 'held' || was.status === 'failed'))
            askFor(was.id);
        }
        return;
      }
      case 'switch': {
        const { id } = webhooks[one.webhook] ?? { id: '' };
        await world.sql(
          'update public.webhooks set is_active = not is_active where id = $1::uuid and deleted_at is null',
          [id],
        );
        for (const was of before.values()) if (was.webhook_id === id) live.delete(was.id);
        return;
      }
      case 'delete': {
        const { id } = webhooks[one.webhook] ?? { id: '' };
        await db.rpc('delete_webhook', { p_organization_id: organization, p_webhook_id: id });
        for (const was of before.values()) if (was.webhook_id === id) live.delete(was.id);
        return;
      }
    }
  }

  async function check(): Promise<void> {
    for (const state of (await statesOf(world)).values()) {
      const open = state.status === 'pending' || state.status === 'retrying';
      expect(open).toBe(state.due_at !== null);
      if (open) expect(state.is_active && !state.deleted).toBe(true);
      if (state.status === 'held') expect(state.deleted).toBe(false);
      if (delivered.has(state.id)) expect(state.status).toBe('success');
      expect(state.logged).toBeLessThanOrEqual(SCHEDULED + (asked.get(state.id) ?? 0));
      expect(state.attempts).toBeGreaterThanOrEqual(state.logged - 1);
    }
  }

  async function checkFigures(): Promise<void> {
    const counted = await countedFigures(world);
    expect(counted.totals).toEqual(await recount(world, ended));
    expect(counted.hours).toEqual(counted.totals);
    expect(counted.negativeHours).toBe(0);
  }

  await worker.publish(organization, offerAccepted());
  for (const [index, one] of steps.entries()) {
    await take(one);
    await check();
    if (index % 5 === 4) await checkFigures();
  }
  await checkFigures();
  // I1: whatever is open comes to a worker once its time has come.
  clock.advance(7_200_000);
  const open = [...(await statesOf(world)).values()].filter(({ due_at: dueAt }) => dueAt !== null);
  const claimed = await claim(worker);
  expect(claimed.map(({ id }) => id).sort()).toEqual(open.map(({ id }) => id).sort());
  await worker.close();
}

it('holds the invariants and the figures whatever happens in whatever order', async () => {
  const numRuns = Number(process.env.MODEL_RUNS ?? 100);
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 50, size: 'max' }), play), {
    numRuns,
    ...(process.env.MODEL_SEED && { seed: Number(process.env.MODEL_SEED) }),
    interruptAfterTimeLimit: Number(process.env.MODEL_MS ?? 20_000),
    markInterruptAsFailure: false,
  });
}, 120_000);
