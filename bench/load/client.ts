import { z } from 'zod';
import { startWorker } from '../harness/rpc.ts';

const resultSchema = z.object({
  startedAt: z.number(),
  endedAt: z.number(),
  refused: z.number(),
  example: z.string().optional(),
});
const openResultSchema = resultSchema.extend({ sentAt: z.instanceof(Float64Array) });

/** Where and how events are published over HTTP; several URLs are taken in turn. */
export interface Target {
  urls: readonly string[];
  headers: Record<string, string>;
  /** The status that means accepted. */
  status: number;
}
/** How much is published: `events` events of `bytes` bytes over `connections` keep-alive connections. */
export interface Load {
  run: number;
  events: number;
  bytes: number;
  connections: number;
}

/** The load generator, seen from the benchmark; times are monotonic ms. */
export interface LoadGenerator {
  readonly pid: number;
  /** Publishes as fast as answers come; `batch` events a request, 0 for one by one. Throws when refused. */
  closed(target: Target, load: Load & { batch: number }): Promise<{ startedAt: number; endedAt: number }>;
  /** Publishes at a rate, whether answered or not; answers when each event left. Throws when refused. */
  open(target: Target, load: Load & { perSecond: number }): Promise<z.infer<typeof openResultSchema>>;
  stop(): Promise<void>;
}

/** Starts the load generator in a process of its own. */
export function startLoadGenerator(): LoadGenerator {
  const worker = startWorker(new URL('./main.ts', import.meta.url));
  const accepted = <R extends z.infer<typeof resultSchema>>(result: R): R => {
    if (result.refused > 0)
      throw new Error(`${result.refused} publishes refused, such as: ${result.example}`);
    return result;
  };
  return {
    pid: worker.pid,
    closed: async (target, load) =>
      accepted(await worker.call('closed', { ...target, ...load }, resultSchema)),
    open: async (target, load) =>
      accepted(await worker.call('open', { ...target, ...load }, openResultSchema)),
    stop: () => worker.stop(),
  };
}
