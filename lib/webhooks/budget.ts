/** What the deliveries that one process holds may take of its memory: an event may have a kilobyte or 256 of them. */
import { shareOf } from './share';

const SMOOTHING = 0.2;
const FIRST_GUESS_BYTES = 1024;

/** Keeps account of what is held, in bytes; holds nothing itself. */
export function createBudget(mostBytes: number) {
  const heldBy = new Map<string, number>();
  let held = 0;
  let mean = FIRST_GUESS_BYTES;

  const inDeliveries = (bytes: number) => Math.max(0, Math.floor(bytes / Math.max(1, mean)));

  return {
    add(webhookId: string, bytes: number): void {
      held += bytes;
      heldBy.set(webhookId, (heldBy.get(webhookId) ?? 0) + bytes);
      mean += SMOOTHING * (bytes - mean);
    },
    remove(webhookId: string, bytes: number): void {
      held -= bytes;
      const left = (heldBy.get(webhookId) ?? 0) - bytes;
      if (left > 0) heldBy.set(webhookId, left);
      else heldBy.delete(webhookId);
    },
    /** How many more would fit, judged by the size of those that came last. */
    get fits(): number {
      return inDeliveries(mostBytes - held);
    },
    /** How many more of one webhook would fit. */
    fitsOf(webhookId: string): number {
      const own = heldBy.get(webhookId) ?? 0;
      return inDeliveries(shareOf(mostBytes, held, own) - own);
    },
  };
}
