/**
 * The sweep: finds what is due and has nobody who sends it: retries, and whatever a dead process left behind. Called by
 * a coarse cron, it stays until the sweep of a later tick takes over, so that retries run within a second of their time.
 * Any number may overlap: one works, by a lease of its own, the others idle.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineDatabase } from './database';
import { addCounts, type Counts, type Dispatcher } from './dispatch';
import type { Log } from './record';

const POLL_MS = 500;
const LEASE_MS = 10_000;

export interface SweepOptions {
  database: Pick<EngineDatabase, 'takeSweep' | 'maintain'>;
  dispatcher: Dispatcher;
  log: Log;
  /** Who this sweep is: unique. */
  holder: string;
  /** Which tick of the cron called it; a later one takes over. */
  tick: number;
  /** Ends after this many ms at the latest; null: one pass, whoever else sweeps. */
  stayMs: number | null;
  signal?: AbortSignal;
}

/** Claims what is due until there is nothing more, or `signal` aborts; resolves when all of it is recorded. */
async function pass(dispatcher: Dispatcher, signal?: AbortSignal): Promise<Counts> {
  const underWay = new Set<Promise<Counts>>();
  let counts: Counts = { claimed: 0, succeeded: 0, failed: 0, retrying: 0 };
  while (!signal?.aborted && !dispatcher.stopping) {
    const { claimed, more, done } = await dispatcher.claimOnce();
    if (claimed > 0) {
      const counted = done.then((some) => {
        counts = addCounts(counts, some);
        underWay.delete(counted);
        return some;
      });
      underWay.add(counted);
    }
    if (!more) break;
    // Due, but its webhooks are busy or no place is free: wait for one, whoever holds it.
    if (claimed === 0) {
      if (underWay.size === 0 && dispatcher.underWay === 0) break;
      await Promise.race([...underWay, sleep(POLL_MS / 10)]);
    }
  }
  await Promise.all(underWay);
  return counts;
}

/** Runs one sweep and answers what it did. Throws a DatabaseError when the database cannot be reached at all. */
export async function sweep(options: SweepOptions): Promise<Counts> {
  const { database, dispatcher, signal } = options;
  if (options.stayMs === null) return pass(dispatcher, signal);

  let counts: Counts = { claimed: 0, succeeded: 0, failed: 0, retrying: 0 };
  let maintained = false;
  const until = Date.now() + options.stayMs;
  const passes = new Set<Promise<void>>();
  while (Date.now() < until && !signal?.aborted && !dispatcher.stopping) {
    const state = await database.takeSweep(options.holder, options.tick, LEASE_MS);
    if (state === 'superseded') break;
    if (state === 'held') {
      if (!maintained) {
        maintained = true;
        const done = await database.maintain();
        if (done.made > 0 || done.dropped.length > 0) options.log.info(done, 'partitions');
      }
      // A slow receiver must not keep the sweep from the next thing that falls due: passes may overlap.
      if (passes.size < 4) {
        const one: Promise<void> = pass(dispatcher, signal)
          .then((some) => {
            counts = addCounts(counts, some);
          })
          .catch((error) => options.log.error({ error: String(error) }, 'sweep pass failed'))
          .finally(() => passes.delete(one));
        passes.add(one);
      }
    }
    await sleep(state === 'held' ? POLL_MS : POLL_MS * 4, undefined, { signal }).catch(() => undefined);
  }
  await Promise.all(passes);
  return counts;
}
