/** What the deliveries that one process holds may take of its memory: an event may have a kilobyte or 256 of them. */
const SMOOTHING = 0.2;
const FIRST_GUESS_BYTES = 1024;

/** Keeps account of what is held, in bytes; holds nothing itself. */
export function createBudget(mostBytes: number) {
  let held = 0;
  let mean = FIRST_GUESS_BYTES;

  return {
    add(bytes: number): void {
      held += bytes;
      mean += SMOOTHING * (bytes - mean);
    },
    remove(bytes: number): void {
      held -= bytes;
    },
    /** How many more would fit, judged by the size of those that came last. */
    get fits(): number {
      return Math.max(0, Math.floor((mostBytes - held) / Math.max(1, mean)));
    },
  };
}
