/**
 * The sweep: finds what is due and has nobody who sends it: retries, and whatever a dead process left behind. Called by
 * a coarse cron, it stays until the sweep of a later tick takes over, so that retries run within a second of their time.
 * Any number may overlap: one works, by a lease of its own, the others idle.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { addCounts, type Counts, NOTHING } from './counts';
import type { EngineDatabase } from './database';
import type { Dispatcher } from './dispatch';
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

/** Adds up what was claimed, without waiting for it. */
function tally() {
  const underWay = new Set<Promise<void>>();
  let counts = NOTHING;
  return {
    add(done: Promise<Counts>): void {
      const counted: Promise<void> = done.then((some) => {
        counts = addCounts(counts, some);
        underWay.delete(counted);
      });
      underWay.add(counted);
    },
    async total(): Promise<Counts> {
      await Promise.all(underWay);
      return counts;
    },
  };
}

/** Claims while something is due and fits; answers whether more is due that waits for a place. */
async function claimWhatFits(dispatcher: Dispatcher, sent: ReturnType<typeof tally>): Promise<boolean> {
  for (;;) {
    const busy = dispatcher.underWay;
    const { claimed, more, done } = await dispatcher.claimOnce();
    if (claimed > 0) sent.add(done);
    if (!more) return false;
    // A place that was freed while the claim was under way is not waited for.
    if (claimed === 0 && (busy === 0 || dispatcher.underWay >= busy)) return busy > 0;
  }
}

/** Claims what is due until there is nothing more, or `signal` aborts; resolves when all of it is recorded. */
async function pass(dispatcher: Dispatcher, signal?: AbortSignal): Promise<Counts> {
  const sent = tally();
  while (!signal?.aborted && !dispatcher.stopping) {
    const more = await claimWhatFits(dispatcher, sent);
    // Due, but its webhooks are busy or no place is free: wait for one, whoever holds it.
    if (!more) break;
    await dispatcher.placeFreed(POLL_MS);
  }
  return sent.total();
}

/** Makes and drops partitions, one drop in each call, so that none holds up a publish for long. */
async function maintain(database: Pick<EngineDatabase, 'maintain'>, log: Log): Promise<void> {
  for (;;) {
    const done = await database.maintain();
    if (done.made > 0 || done.dropped.length > 0) log.info(done, 'partitions');
    if (!done.more) return;
  }
}

/**
 * Runs one sweep and answers what it did. Throws a DatabaseError when the database cannot be reached at the beginning;
 * a sweep that stays outlives what goes wrong later.
 */
export async function sweep(options: SweepOptions): Promise<Counts> {
  const { database, dispatcher, log, signal } = options;
  if (options.stayMs === null) return pass(dispatcher, signal);

  const sent = tally();
  const until = Date.now() + options.stayMs;
  let state = await database.takeSweep(options.holder, options.tick, LEASE_MS);
  let takenAt = Date.now();
  let maintained = false;
  while (state !== 'superseded' && Date.now() < until && !signal?.aborted && !dispatcher.stopping) {
    let more = false;
    try {
      if (Date.now() - takenAt >= POLL_MS) {
        state = await database.takeSweep(options.holder, options.tick, LEASE_MS);
        takenAt = Date.now();
      }
      if (state === 'held') {
        // What is claimed is not waited for: a slow receiver must not keep the sweep from what falls due next.
        more = await claimWhatFits(dispatcher, sent);
        if (!maintained) {
          maintained = true;
          await maintain(database, log);
        }
      }
    } catch (error) {
      log.error({ error: String(error) }, 'sweep');
    }
    const idleMs = state === 'held' ? POLL_MS : POLL_MS * 4;
    if (more) await dispatcher.placeFreed(idleMs);
    else await sleep(idleMs, undefined, { signal }).catch(() => undefined);
  }
  return sent.total();
}
