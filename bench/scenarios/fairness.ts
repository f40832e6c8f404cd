import { v7 } from 'uuid';
import { monotonicMs, until } from '../harness/clock.ts';
import { EVENT, event } from '../harness/event.ts';
import { eventColumns, functionsOn, tinyEvent } from '../harness/functions.ts';
import { percentiles } from '../harness/stats.ts';
import type { Hirehook } from '../systems/hirehook.ts';
import type { Bench } from './throughput.ts';

const SLOW_MS = 500;
const SLOW_EVENT = 'offer.sent';
const BATCH = 1_000;
const SINGLE_TIMEOUT_MS = 120_000;

/** How long single events waited beside a deep backlog of a slow receiver, in ms. */
export interface Fairness {
  backlog: number;
  /** Published through the route. */
  published: ReturnType<typeof percentiles>;
  /** Written to the database with no process told, as one that died leaves them. */
  orphaned: ReturnType<typeof percentiles>;
  /** Most requests that the slow receiver had open at once. */
  slowPeak: number;
}

/** Stores an event as `publish_events` does for a process that has no room: due, and leased to nobody. */
async function orphan(system: Hirehook, published: ReturnType<typeof event>): Promise<void> {
  const row = tinyEvent(v7(), system.organizationId, published.type, JSON.stringify(published.data));
  const call = await functionsOn(system.sql);
  await call('publish_events', {
    ...eventColumns([row]),
    p_keys: { [EVENT]: [`standard:${EVENT}`] },
    p_leases: {},
  });
}

/** Builds a backlog to a receiver that takes 500 ms, then sends single events to another webhook beside it. */
export async function measureFairness(
  bench: Bench,
  system: Hirehook,
  { backlog, singles, bytes }: { backlog: number; singles: number; bytes: number },
): Promise<Fairness> {
  const { receiver } = bench;
  const slow = await system.createWebhook({
    url: receiver.url(1, 200, SLOW_MS),
    events: [SLOW_EVENT],
    contract: 'standard',
  });
  await system.webhooks(1);
  const run = bench.nextRun();
  for (let first = 0; first < backlog; first += BATCH) {
    const length = Math.min(BATCH, backlog - first);
    const events = Array.from({ length }, (_, at) => event(run, first + at, bytes, SLOW_EVENT));
    await system.call('POST', '/api/v1/events/batch', { events });
  }
  const waitsOf = async (send: (published: ReturnType<typeof event>) => Promise<unknown>) => {
    const single = bench.nextRun();
    await receiver.reset({ run: single, events: singles, fanout: 1, secrets: [] });
    const sentAt: number[] = [];
    for (let sequence = 0; sequence < singles; sequence++) {
      sentAt.push(monotonicMs());
      await send(event(single, sequence, bytes));
      const arrived = async () => (await receiver.counts()).distinct > sequence;
      await until('a single event beside the backlog', arrived, SINGLE_TIMEOUT_MS, 5);
    }
    const times = await receiver.times();
    return percentiles(sentAt.map((at, sequence) => (times[sequence] ?? Number.NaN) - at));
  };
  const published = await waitsOf((single) => system.call('POST', '/api/v1/events', single));
  const orphaned = await waitsOf((single) => orphan(system, single));
  const { slowPeak } = await receiver.counts();
  await system.deleteWebhook(slow.id);
  return { backlog, published, orphaned, slowPeak };
}
