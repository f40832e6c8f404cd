import { z } from 'zod';
import { until } from '../harness/clock.ts';
import { startWorker } from '../harness/rpc.ts';

const countsSchema = z.object({
  arrived: z.number(),
  distinct: z.number(),
  doubled: z.number(),
  stray: z.number(),
  checked: z.number(),
  forged: z.number(),
  slowPeak: z.number(),
});
/** What the receiver counted since its last reset. */
export type ReceiverCounts = z.infer<typeof countsSchema>;

/** What one run will send: `events` events, each to webhooks 0 to `fanout` - 1. */
export interface Expectation {
  run: number;
  events: number;
  fanout: number;
  secrets: readonly string[];
  keepArrivals?: boolean;
}

/** The receiver, seen from the benchmark. */
export interface Receiver {
  readonly pid: number;
  /** Where `webhook` is to be sent; the receiver answers `status` after `delayMs`. */
  url(webhook: number, status?: number, delayMs?: number): string;
  readonly base: string;
  reset(expectation: Expectation): Promise<void>;
  counts(): Promise<ReceiverCounts>;
  /** First arrival of each pair (event * fanout + webhook), in monotonic ms. */
  times(): Promise<Float64Array>;
  /** Every arrival, as [pair, monotonic ms]. */
  arrivals(): Promise<[number, number][]>;
  /** Resolves when `pairs` distinct pairs have arrived. */
  received(pairs: number, timeoutMs: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the receiver in a process of its own, on the loopback. */
export async function startReceiver(): Promise<Receiver> {
  const worker = startWorker(new URL('./main.ts', import.meta.url));
  const base = `http://127.0.0.1:${await worker.call('listen', {}, z.number())}`;
  const counts = () => worker.call('counts', {}, countsSchema);
  return {
    pid: worker.pid,
    base,
    url: (webhook, status = 200, delayMs = 0) => `${base}/r/${webhook}/${status}/${delayMs}`,
    reset: async (expectation) => {
      await worker.call('reset', { keepArrivals: false, ...expectation }, z.undefined());
    },
    counts,
    times: () => worker.call('times', {}, z.instanceof(Float64Array)),
    async arrivals() {
      const flat = await worker.call('arrivals', {}, z.array(z.number()));
      return Array.from({ length: flat.length / 2 }, (_, at) => [flat[at * 2] ?? 0, flat[at * 2 + 1] ?? 0]);
    },
    async received(pairs, timeoutMs) {
      try {
        await until('receiver', async () => (await counts()).distinct >= pairs, timeoutMs, 10);
      } catch {
        throw new Error(
          `of ${pairs} deliveries arrived ${JSON.stringify(await counts())} within ${timeoutMs} ms`,
        );
      }
    },
    stop: () => worker.stop(),
  };
}
