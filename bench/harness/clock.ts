/** Milliseconds of the machine's monotonic clock, which every process on it shares. */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000 + nanoseconds / 1_000_000;
}

/** Resolves after `ms` milliseconds. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Asks `done` every `everyMs` until it says yes; throws with `what` after `timeoutMs`. */
export async function until(
  what: string,
  done: () => Promise<boolean>,
  timeoutMs: number,
  everyMs = 20,
): Promise<void> {
  const deadline = monotonicMs() + timeoutMs;
  while (!(await done())) {
    if (monotonicMs() > deadline) throw new Error(`${what}: not within ${timeoutMs} ms`);
    await sleep(everyMs);
  }
}
