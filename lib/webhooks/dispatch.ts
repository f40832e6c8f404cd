/**
 * The worker of one process: takes leased deliveries, attempts them with bounded concurrency, records what came back,
 * and claims more when there is room. What does not fit stays in the database, unleased, for whoever has room first.
 */

import { createBudget } from './budget';
import { type Counts, NOTHING } from './counts';
import type { EngineDatabase, Room } from './database';
import { createLanes, type LaneLimits } from './lanes';
import { leasedFrom } from './leased';
import { createPump } from './pump';
import type { Log } from './record';
import type { LeasedDelivery, Outcome } from './types';

export interface DispatchOptions {
  database: Pick<EngineDatabase, 'claim' | 'release'>;
  deliver(delivery: LeasedDelivery, signal: AbortSignal): Promise<Outcome>;
  record(outcome: Outcome): Promise<boolean>;
  log: Log;
  /** Deliveries under way at once in this process. */
  places: number;
  /** Leased deliveries that may wait here for a place, in all. None when left out. */
  queue?: number;
  lanes: Omit<LaneLimits, 'queue'>;
  /** What waits here may take this much memory, in bytes. Unlimited when left out. */
  mostBytes?: number;
  /** A delivery that waited longer than this, in ms, is given back: its lease must outlast the attempt. */
  patienceMs?: number;
  /** Retries due within this many ms are waited for here; later ones are the sweep's. */
  ownRetriesWithinMs: number;
}

/** One claim takes no more than this, however much room there is: it is one transaction, and one answer in memory. */
const MOST_CLAIMED = 500;

const sizeOf = ({ body, event }: LeasedDelivery): number => (body ?? event.data ?? '').length;

/** A leased delivery that waits for its turn. */
interface Waiting {
  delivery: LeasedDelivery;
  done(outcome: Outcome | null): void;
  since: number;
}

/** A dispatcher is shared by everything in the process that publishes, sweeps or resends. */
export function createDispatcher(options: DispatchOptions) {
  const { database, log } = options;
  const lanes = createLanes<Waiting>({ ...options.lanes, queue: options.queue });
  const underWay = new Set<LeasedDelivery>();
  /** What was answered and is being recorded: their leases are no longer to be given back. */
  const recording = new Set<LeasedDelivery>();
  const waitingForPlace: (() => void)[] = [];
  const abort = new AbortController();
  const budget = createBudget(options.mostBytes ?? Number.POSITIVE_INFINITY);
  const places = options.places + (options.queue ?? 0);
  const patienceMs = options.patienceMs ?? Number.POSITIVE_INFINITY;
  let reserved = 0;
  let stopping = false;
  let cursor: string | null = null;

  /** What holds a place: what was answered and is being recorded no longer does. */
  const sending = () => underWay.size - recording.size;
  const taken = () => underWay.size + lanes.queued;
  const free = () => (stopping ? 0 : Math.max(0, Math.min(places - taken(), budget.fits) - reserved));

  /** Room of each webhook that differs from an unknown one's, in its lane and in memory. */
  function rooms(): Record<string, number> {
    const byWebhook = lanes.rooms();
    for (const [webhookId, room] of Object.entries(byWebhook))
      byWebhook[webhookId] = Math.min(room, budget.fitsOf(webhookId));
    return byWebhook;
  }

  /** Keeps places free while a call that leases for them is under way. */
  async function withRoom<T>(most: number, use: (room: Room) => Promise<T>): Promise<T> {
    const total = Math.min(free(), most);
    reserved += total;
    try {
      return await use({ total, perWebhook: lanes.unknownRoom, byWebhook: rooms() });
    } finally {
      reserved -= total;
      // Somebody found no place while these were kept.
      if (total > 0) pump.nudge();
    }
  }

  /** Sends and records one delivery, which has its place in its lane. */
  async function attempt(delivery: LeasedDelivery): Promise<Outcome | null> {
    underWay.add(delivery);
    const startedAt = performance.now();
    let answered = false;
    let inLane = true;
    const sent = () => {
      if (inLane) lanes.leave(delivery.webhookId, answered, performance.now() - startedAt);
      inLane = false;
      startWaiting();
    };
    try {
      const outcome = await options.deliver(delivery, abort.signal);
      answered = outcome.status_code !== null;
      // Cut short by a shutdown: not an answer of the receiver's; the lease goes back.
      if (abort.signal.aborted && !answered) return null;
      recording.add(delivery);
      // The receiver is free for the next while this is recorded.
      sent();
      if (!(await options.record(outcome))) return null;
      if (outcome.retry_ms !== undefined) pump.wakeIn(outcome.retry_ms);
      return outcome;
    } catch (error) {
      log.error({ deliveryId: delivery.id, error: String(error) }, 'attempt broke off');
      return null;
    } finally {
      // After an abort the entry stays, so that stop() gives the lease back.
      if (!abort.signal.aborted || recording.has(delivery)) underWay.delete(delivery);
      recording.delete(delivery);
      for (const wake of waitingForPlace.splice(0)) wake();
      sent();
      pump.nudge();
    }
  }

  /** Starts what waits, as far as places and lanes allow. */
  function startWaiting(): void {
    const late: Waiting[] = [];
    while (!stopping && sending() < options.places) {
      const next = lanes.next(options.places - sending());
      if (!next) break;
      if (performance.now() - next.since <= patienceMs) void attempt(next.delivery).then(next.done);
      else {
        lanes.leave(next.delivery.webhookId, false, patienceMs);
        late.push(next);
      }
    }
    if (late.length > 0) void giveBack(late);
  }

  async function giveBack(unsent: readonly Waiting[]): Promise<void> {
    const held = unsent.map(({ delivery: { id, token } }) => ({ id, token }));
    await database
      .release(held)
      .catch((error) => log.error({ error: String(error) }, 'leases not given back'));
    for (const { done } of unsent) done(null);
  }

  function enqueue(delivery: LeasedDelivery): Promise<Outcome | null> {
    const bytes = sizeOf(delivery);
    budget.add(delivery.webhookId, bytes);
    return new Promise((resolve) => {
      const done = (outcome: Outcome | null) => {
        budget.remove(delivery.webhookId, bytes);
        resolve(outcome);
      };
      lanes.add(delivery.webhookId, { delivery, done, since: performance.now() });
    });
  }

  /** Attempts deliveries that are leased to this process; resolves when all are recorded. Never rejects. */
  async function take(deliveries: readonly LeasedDelivery[]): Promise<Counts> {
    const queued = deliveries.map(enqueue);
    startWaiting();
    const outcomes = await Promise.all(queued);
    const counts = { ...NOTHING, claimed: deliveries.length };
    for (const outcome of outcomes) {
      if (outcome?.status === 'success') counts.succeeded += 1;
      if (outcome?.status === 'failed') counts.failed += 1;
      if (outcome?.status === 'retrying') counts.retrying += 1;
    }
    return counts;
  }

  /** Claims once for the places that are free. `done` resolves when what was claimed is recorded. */
  async function claimOnce(): Promise<{ claimed: number; more: boolean; done: Promise<Counts> }> {
    return withRoom(Math.min(places, MOST_CLAIMED), async (room) => {
      if (room.total === 0) return { claimed: 0, more: true, done: Promise.resolve(NOTHING) };
      const answer = await database.claim(room, cursor);
      cursor = answer.cursor;
      const deliveries = leasedFrom(answer);
      return { claimed: deliveries.length, more: answer.more, done: take(deliveries) };
    });
  }

  const pump = createPump({
    claimOnce,
    free,
    taken,
    waiting: () => lanes.queued,
    isStopping: () => stopping,
    log,
    ownRetriesWithinMs: options.ownRetriesWithinMs,
  });

  /** Resolves when an attempt has ended, or after `mostMs`. */
  function placeFreed(mostMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, mostMs);
      waitingForPlace.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /**
   * Stops claiming, waits up to `graceMs` for what is under way, breaks off what is still being sent and gives its
   * leases back; then waits for what is being recorded, as long as the recorder takes.
   */
  async function stop(graceMs: number): Promise<void> {
    stopping = true;
    pump.stop();
    const waiting = lanes.drain();
    if (waiting.length > 0) await giveBack(waiting);
    const until = Date.now() + graceMs;
    while (underWay.size > 0 && Date.now() < until) await placeFreed(until - Date.now());
    if (underWay.size === 0) return;
    abort.abort();
    const unanswered = [...underWay].filter((delivery) => !recording.has(delivery));
    if (unanswered.length > 0)
      await database
        .release(unanswered.map(({ id, token }) => ({ id, token })))
        .catch((error) => log.error({ error: String(error) }, 'leases not given back'));
    while (recording.size > 0) await placeFreed(25);
  }

  return {
    withRoom,
    take,
    /** Attempts one delivery that a person waits for, whether or not a place is free; null when it broke off. */
    send(delivery: LeasedDelivery): Promise<Outcome | null> {
      lanes.enter(delivery.webhookId);
      return attempt(delivery);
    },
    claimOnce,
    pump: pump.pump,
    placeFreed,
    stop,
    /** Deliveries that could be leased to this process now. */
    get free() {
      return free();
    },
    /** What is leased to this process and not recorded: under way, or waiting for a place. */
    get underWay() {
      return taken();
    },
    get stopping() {
      return stopping;
    },
  };
}

export type Dispatcher = ReturnType<typeof createDispatcher>;
