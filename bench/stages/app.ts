import { spreads } from '../results.ts';
import { measureThroughput } from '../scenarios/throughput.ts';
import { startHirehook } from '../systems/hirehook.ts';
import type { Context } from './context.ts';

/** What the app is measured with where it is measured alone. */
export const BYTES = 1_024;
export const CONNECTIONS = 64;
const RATE_RUNS = 2;

/** The app on a database of its own. */
export async function start({ bench: { receiver }, database }: Context, name: string, options = {}) {
  return startHirehook({ receiver, databaseUrl: await database.create(name) }, options);
}

/** How many single events a second it delivers at most. */
export async function topRate(
  { bench, settings }: Context,
  system: Awaited<ReturnType<typeof startHirehook>>,
): Promise<number> {
  const shape = {
    events: settings.quick ? 1_000 : 5_000,
    fanout: 1,
    bytes: BYTES,
    batch: 0,
    connections: CONNECTIONS,
  };
  const runs = [];
  for (let at = 0; at < RATE_RUNS; at++) runs.push(await measureThroughput(bench, system, shape));
  return spreads(runs).deliveriesPerSecond.median;
}
