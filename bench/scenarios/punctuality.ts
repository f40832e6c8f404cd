import { z } from 'zod';
import { sleep } from '../harness/clock.ts';
import { marker } from '../harness/event.ts';
import { percentiles } from '../harness/stats.ts';
import type { Hirehook } from '../systems/hirehook.ts';
import type { Bench } from './throughput.ts';

const SPREAD_MS = 10_000;
const AFTER_MS = 5_000;
/** Contracts without jitter, an event that only the failing webhook takes, and the waits (s) that are watched. */
const PLANS = [
  {
    contract: 'roleready',
    type: 'tailoring.failed',
    waits: [1, 5],
    data: (mark: string) => ({ resumeId: mark, error: 'no answer' }),
  },
  {
    contract: 'bpoc',
    type: 'offer.accepted',
    waits: [60],
    data: (mark: string) => ({ offerId: mark, applicationId: 'application-1', candidateId: 'candidate-1' }),
  },
] as const;
const FANOUT = PLANS.length + 1;

/** How late retries came, in ms after their time, for one wait of a schedule. */
export type Lateness = ReturnType<typeof percentiles> & {
  waitSeconds: number;
  retries: number;
  withinOneSecond: number;
};

/** How many events fail for each schedule, the longest wait watched, and the load beside them. */
export interface PunctualityPlan {
  failing: number;
  longestWaitSeconds: number;
  perSecond: number;
  bytes: number;
}

async function userOf(system: Hirehook, webhook: string): Promise<string | null> {
  const rows = await system.sql`select user_id from public.webhooks where id = ${webhook}`;
  return z.object({ user_id: z.string().nullable() }).parse(rows[0]).user_id;
}

/**
 * Publishes events to receivers that answer 500, spread over ten seconds, beside a steady load of other events, and
 * reads off the receiver how late each retry came after its wait. Throws when a retry did not come at all.
 */
export async function measurePunctuality(
  bench: Bench,
  system: Hirehook,
  { failing, longestWaitSeconds, perSecond, bytes }: PunctualityPlan,
): Promise<Lateness[]> {
  const { receiver, load } = bench;
  const plans = PLANS.filter(({ waits }) => waits.some((wait) => wait <= longestWaitSeconds));
  const run = bench.nextRun();
  await system.webhooks(1);
  const webhooks: { id: string; user: string | null }[] = [];
  for (const [at, { contract, type }] of plans.entries()) {
    const { id } = await system.createWebhook({ url: receiver.url(at + 1, 500), events: [type], contract });
    webhooks.push({ id, user: await userOf(system, id) });
  }
  const seconds = (SPREAD_MS + AFTER_MS) / 1_000 + longestWaitSeconds;
  const events = Math.max(failing, Math.round(perSecond * seconds));
  await receiver.reset({ run, events, fanout: FANOUT, secrets: [], keepArrivals: true });
  const beside = load.open(system.target(1), { run, events, bytes, perSecond, connections: 64 });
  for (let sequence = 0; sequence < failing; sequence++) {
    for (const [at, { type, data }] of plans.entries())
      await system.call('POST', '/api/v1/events', {
        type,
        data: data(marker(run, sequence)),
        userId: webhooks[at]?.user ?? undefined,
      });
    await sleep(SPREAD_MS / failing);
  }
  await beside;
  await sleep(AFTER_MS);

  const arrivals = new Map<number, number[]>();
  for (const [pair, at] of await receiver.arrivals()) arrivals.set(pair, [...(arrivals.get(pair) ?? []), at]);
  for (const { id } of webhooks) await system.deleteWebhook(id);
  return plans.flatMap(({ waits }, plan) =>
    waits.map((waitSeconds, retry) => {
      const late = Array.from({ length: failing }, (_, sequence) => {
        const times = arrivals.get(sequence * FANOUT + plan + 1) ?? [];
        const [before, at] = [times[retry], times[retry + 1]];
        if (before === undefined || at === undefined)
          throw new Error(`a retry after ${waitSeconds} s did not come`);
        return at - before - waitSeconds * 1_000;
      });
      const withinOneSecond = late.filter((ms) => ms <= 1_000).length / late.length;
      return { waitSeconds, retries: late.length, withinOneSecond, ...percentiles(late) };
    }),
  );
}
