import { z } from 'zod';
import { SECRET } from '../harness/event.ts';
import { cpuSeconds } from '../harness/proc.ts';
import { startWorker } from '../harness/rpc.ts';
import type { Bench } from './throughput.ts';

const CONNECTIONS = 64;
const INSERT_CONNECTIONS = 2;
const ROWS = 1_000;

/** One run of what the machine can do at most. */
export interface LimitRun {
  postsPerSecond: number;
  insertsPerSecond: number;
  /** Deliveries a second when each is first POSTed and then inserted, one after the other. */
  combinedPerSecond: number;
  postCpuPer10k: number;
  insertAppCpuPer10k: number;
  insertDatabaseCpuPer10k: number;
}

/**
 * Measures the bare undici loop to the same receiver and the bare multi-row insert of the same rows into
 * `databaseUrl`. Throws when the receiver counts anything but what was sent.
 */
export async function measureLimits(
  bench: Bench,
  databaseUrl: string,
  { events, bytes }: { events: number; bytes: number },
): Promise<LimitRun> {
  const { receiver } = bench;
  const run = bench.nextRun();
  await receiver.reset({ run, events, fanout: 1, secrets: [SECRET] });
  const worker = startWorker(new URL('../limits/main.ts', import.meta.url));
  const cpu = () => [cpuSeconds([worker.pid]), cpuSeconds([bench.databasePid])] as const;
  const url = receiver.url(0);
  const per10k = (seconds: number) => (seconds / events) * 10_000;
  try {
    await worker.call('prepare', { run, events, bytes }, z.undefined());
    const [beforePost] = cpu();
    const postMs = await worker.call('post', { url, connections: CONNECTIONS }, z.number());
    const [afterPost, beforeInsert] = cpu();
    const settings = { databaseUrl, url, rows: ROWS, connections: INSERT_CONNECTIONS };
    const insertMs = await worker.call('insert', settings, z.number());
    const [afterInsert, afterInsertDatabase] = cpu();
    const counts = await receiver.counts();
    if (counts.arrived !== events || counts.forged > 0)
      throw new Error(`bare loop: of ${events} the receiver counted ${JSON.stringify(counts)}`);
    return {
      postsPerSecond: (events / postMs) * 1_000,
      insertsPerSecond: (events / insertMs) * 1_000,
      combinedPerSecond: (events / (postMs + insertMs)) * 1_000,
      postCpuPer10k: per10k(afterPost - beforePost),
      insertAppCpuPer10k: per10k(afterInsert - afterPost),
      insertDatabaseCpuPer10k: per10k(afterInsertDatabase - beforeInsert),
    };
  } finally {
    await worker.stop();
  }
}
