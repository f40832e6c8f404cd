/**
 * How many deliveries of one webhook may be under way at once, and how many may wait here for their turn. Each webhook
 * has a lane; a lane widens while its receiver answers and narrows when it does not, so that hanging receivers together
 * hold few of the worker's places and delay nobody else (I8).
 */
import { createFifo, type Fifo } from './fifo';
import { SHARE, shareOf } from './share';

export interface LaneLimits {
  /** Width of a lane that nothing is known of. */
  initial: number;
  min: number;
  max: number;
  /** Most deliveries that may wait, in all lanes together. None when left out. */
  queue?: number;
}

interface Lane<T> {
  width: number;
  busy: number;
  waiting: Fifo<T>;
  /** How long a send takes, smoothed; null while nothing is known. */
  sendMs: number | null;
  /** When it was used last, ms of the process's clock. */
  usedAt: number;
}

/** A lane may hold what its receiver takes in this time: leases must not run out while they wait. */
const QUEUE_MS = 8000;
/** A lane that is idle is remembered so long, and so many of them: each is named in every call that leases. */
const REMEMBERED_MS = 30_000;
const REMEMBERED = 128;
/** One whose receiver did not answer is remembered for longer, not for ever. */
const NARROW_REMEMBERED_MS = 600_000;
/** Weight of the latest send in the smoothed time. */
const SMOOTHING = 0.2;
/** So many may wait in a lane of which nothing is known: many that hang from the start must not fill the worker. */
const UNKNOWN_QUEUE = 64;

/** Keeps the lanes of one worker; forgets those that were idle for a while. */
export function createLanes<T>(limits: LaneLimits, nowMs: () => number = () => performance.now()) {
  const lanes = new Map<string, Lane<T>>();
  /** Webhooks with something waiting, in turn. */
  const turns = new Set<string>();
  const mostWaiting = limits.queue ?? 0;
  const unknownQueue = Math.min(mostWaiting, UNKNOWN_QUEUE);
  const unknownRoom = limits.initial + unknownQueue;
  let queued = 0;

  function laneOf(webhookId: string): Lane<T> {
    const lane = lanes.get(webhookId) ?? {
      width: limits.initial,
      busy: 0,
      waiting: createFifo<T>(),
      sendMs: null,
      usedAt: nowMs(),
    };
    lanes.set(webhookId, lane);
    return lane;
  }

  const isIdle = ({ busy, waiting }: Lane<T>) => busy === 0 && waiting.length === 0;

  function forgetIdle(): void {
    const now = nowMs();
    for (const [webhookId, lane] of lanes) {
      if (!isIdle(lane)) continue;
      const isNarrow = lane.width < limits.initial;
      const isOld = now - lane.usedAt > (isNarrow ? NARROW_REMEMBERED_MS : REMEMBERED_MS);
      if (isOld || (!isNarrow && lanes.size > REMEMBERED)) lanes.delete(webhookId);
    }
  }

  function roomIn({ width, busy, waiting, sendMs }: Lane<T>): number {
    const share = Math.floor(shareOf(mostWaiting, queued, waiting.length));
    const mayWait =
      sendMs === null ? unknownQueue : Math.min(share, Math.floor((width * QUEUE_MS) / Math.max(1, sendMs)));
    return Math.max(0, width - busy) + Math.max(0, mayWait - waiting.length);
  }

  return {
    /** Room in a lane that nothing is known of. */
    unknownRoom,

    get queued() {
      return queued;
    },

    add(webhookId: string, item: T): void {
      laneOf(webhookId).waiting.push(item);
      turns.add(webhookId);
      queued += 1;
    },

    /** The next that may start, lane by lane in turn; undefined where none may. `free`: places that the worker has left. */
    next(free: number): T | undefined {
      for (const webhookId of turns) {
        const lane = laneOf(webhookId);
        const share = Math.max(2, Math.ceil(free / SHARE));
        if (lane.busy >= Math.min(lane.width, share)) continue;
        const item = lane.waiting.shift();
        turns.delete(webhookId);
        if (item === undefined) continue;
        if (lane.waiting.length > 0) turns.add(webhookId);
        queued -= 1;
        lane.busy += 1;
        return item;
      }
      return undefined;
    },

    /** Takes a place in a lane without waiting: a person asked for it. */
    enter(webhookId: string): void {
      laneOf(webhookId).busy += 1;
    },

    /** `answered`: whether the receiver gave any answer in time; an answer of 500 is still a receiver that answers. */
    leave(webhookId: string, answered: boolean, tookMs: number): void {
      const lane = lanes.get(webhookId);
      if (!lane) return;
      lane.busy -= 1;
      lane.sendMs = lane.sendMs === null ? tookMs : lane.sendMs + SMOOTHING * (tookMs - lane.sendMs);
      lane.width = answered
        ? Math.min(limits.max, lane.width + 1)
        : Math.max(limits.min, Math.floor(lane.width / 2));
      lane.usedAt = nowMs();
    },

    /** Empties every lane of what waits. */
    drain(): T[] {
      const waiting = [...lanes.values()].flatMap((lane) => lane.waiting.drain());
      turns.clear();
      queued = 0;
      return waiting;
    },

    /** Room left for each webhook that differs from an unknown one's. */
    rooms(): Record<string, number> {
      forgetIdle();
      const rooms: Record<string, number> = {};
      for (const [webhookId, lane] of lanes) {
        const room = roomIn(lane);
        if (room !== unknownRoom) rooms[webhookId] = room;
      }
      return rooms;
    },
  };
}
