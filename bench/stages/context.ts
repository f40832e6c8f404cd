import type { Database } from '../harness/postgres.ts';
import type { Results } from '../results.ts';
import type { Bench } from '../scenarios/throughput.ts';
import type { Settings } from '../settings.ts';

/** What every part of the benchmark works with. */
export interface Context {
  settings: Settings;
  bench: Bench;
  database: Database;
  results: Results;
  log(line: string): void;
}

/** Does `use` with something that is stopped afterwards, whatever happens. */
export async function using<T extends { stop(): Promise<void> }, R>(
  started: Promise<T>,
  use: (thing: T) => Promise<R>,
): Promise<R> {
  const thing = await started;
  try {
    return await use(thing);
  } finally {
    await thing.stop();
  }
}
