/** Claims more as places free up and as this process's own retries fall due. */
import type { Log } from './record';

export interface PumpOptions {
  claimOnce(): Promise<{ claimed: number; more: boolean }>;
  /** Deliveries that could be leased to this process now. */
  free(): number;
  /** Deliveries that are leased to it. */
  taken(): number;
  /** Those of them that wait for a place. */
  waiting(): number;
  isStopping(): boolean;
  log: Log;
  /** Retries due within this many ms are waited for here; later ones are the sweep's. */
  ownRetriesWithinMs: number;
}

/** Places that free up within this many ms are filled by one claim: sooner where nothing waits here any more. */
const GATHER_MS = { idle: 5, busy: 50 };
/** Retries that fall due within this many ms share a timer. */
const TIMER_MS = 20;

export function createPump(options: PumpOptions) {
  const { claimOnce, free, taken, isStopping, log } = options;
  const timers = new Map<number, NodeJS.Timeout>();
  let pumping: Promise<void> | null = null;
  let pumpTimer: NodeJS.Timeout | null = null;
  let again = false;
  /** Something is due that found no place. */
  let moreIsDue = false;

  async function claimWhatFits(): Promise<void> {
    moreIsDue = false;
    while (!isStopping()) {
      if (free() === 0) {
        moreIsDue = true;
        return;
      }
      const busy = taken();
      const { claimed, more } = await claimOnce();
      if (!more) return;
      // A place that was freed while the claim was under way is used at once.
      if (claimed === 0 && (busy === 0 || taken() >= busy)) {
        moreIsDue = busy > 0;
        return;
      }
    }
  }

  /** Claims until nothing is due or no place is free. Never rejects. */
  function pump(): Promise<void> {
    // What fell due while a claim was under way is not in its answer.
    if (pumping) again = true;
    pumping ??= claimWhatFits()
      .catch((error) => log.error({ error: String(error) }, 'claim failed'))
      .finally(() => {
        pumping = null;
        if (again) void pump();
        again = false;
      });
    return pumping;
  }

  return {
    pump,

    /** A place is free again: pumps in a moment where something is due that found none. */
    nudge(): void {
      if (!moreIsDue) return;
      pumpTimer ??= setTimeout(
        () => {
          pumpTimer = null;
          void pump();
        },
        options.waiting() > 0 ? GATHER_MS.busy : GATHER_MS.idle,
      );
    },

    /** Pumps when a retry falls due. */
    wakeIn(delayMs: number): void {
      if (isStopping() || delayMs > options.ownRetriesWithinMs) return;
      const bucket = Math.ceil((Date.now() + delayMs) / TIMER_MS);
      if (timers.has(bucket)) return;
      const timer = setTimeout(
        () => {
          timers.delete(bucket);
          void pump();
        },
        bucket * TIMER_MS - Date.now() + 1,
      );
      timer.unref();
      timers.set(bucket, timer);
    },

    /** Forgets what it waits for. */
    stop(): void {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      if (pumpTimer) clearTimeout(pumpTimer);
    },
  };
}
