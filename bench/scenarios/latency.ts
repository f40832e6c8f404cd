import { sleep } from '../harness/clock.ts';
import { percentiles } from '../harness/stats.ts';
import type { Target } from '../load/client.ts';
import type { Bench } from './throughput.ts';

const CONNECTIONS = 64;
const RECEIVE_MS = 60_000;
const SETTLE_MS = 500;

/** Publish → receive in ms, at a steady rate. */
export type Latency = ReturnType<typeof percentiles> & { perSecond: number };

/**
 * Publishes at `perSecond` for `seconds` and measures, for each event, from the moment its request left to the
 * moment its delivery arrived. Throws when one is lost or doubled.
 */
export async function measureLatency(
  bench: Bench,
  target: Target,
  {
    perSecond,
    seconds,
    bytes,
    secrets,
  }: { perSecond: number; seconds: number; bytes: number; secrets: readonly string[] },
): Promise<Latency> {
  const { receiver, load } = bench;
  const run = bench.nextRun();
  const events = Math.max(1, Math.round(perSecond * seconds));
  await receiver.reset({ run, events, fanout: 1, secrets });
  const { sentAt } = await load.open(target, { run, events, bytes, perSecond, connections: CONNECTIONS });
  await receiver.received(events, RECEIVE_MS);
  await sleep(SETTLE_MS);
  const { arrived } = await receiver.counts();
  if (arrived !== events) throw new Error(`of ${events} events ${arrived} deliveries arrived`);
  const times = await receiver.times();
  return { perSecond, ...percentiles(times.map((at, sequence) => at - (sentAt[sequence] ?? Number.NaN))) };
}
