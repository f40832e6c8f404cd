import { monotonicMs, sleep, until } from '../harness/clock.ts';
import { cpuSeconds, watchMemory } from '../harness/proc.ts';
import type { LoadGenerator } from '../load/client.ts';
import type { Receiver } from '../receiver/client.ts';
import type { System } from '../systems/system.ts';

const TIMEOUT_MS = 60_000;
const TAIL_MS = 500;

/** One run of one system: how fast, at what cost. */
export interface ThroughputRun {
  eventsPerSecond: number;
  deliveriesPerSecond: number;
  appCpuPer10k: number;
  databaseCpuPer10k: number;
  appPeakBytes: number;
  databasePeakBytes: number;
}

/** What is published in one run; `batch` 0 is one by one. */
export interface Shape {
  events: number;
  fanout: number;
  bytes: number;
  batch: number;
  connections: number;
}

/** What a run needs beside the system that it measures. */
export interface Bench {
  receiver: Receiver;
  load: LoadGenerator;
  databasePid: number;
  nextRun(): number;
}

/**
 * Publishes `shape` on `system` and waits until every delivery has arrived and every outcome is stored; the
 * clock runs until then. Throws when one is lost, doubled or wrongly signed.
 */
export async function measureThroughput(bench: Bench, system: System, shape: Shape): Promise<ThroughputRun> {
  const { receiver, load } = bench;
  const run = bench.nextRun();
  const deliveries = shape.events * shape.fanout;
  const secrets = await system.webhooks(shape.fanout);
  await receiver.reset({ run, events: shape.events, fanout: shape.fanout, secrets });
  const before = await system.outcomes();
  const peaks = [watchMemory(system.pids), watchMemory([bench.databasePid])];
  const cpu = () => [cpuSeconds(system.pids), cpuSeconds([bench.databasePid])];
  const [appBefore = 0, databaseBefore = 0] = cpu();

  const startedAt = monotonicMs();
  const publication = { run, ...shape };
  if (shape.batch > 0) await system.publishBatches(load, publication);
  else await load.closed(system.target(shape.fanout), { ...publication, batch: 0 });
  const acceptedAt = monotonicMs();
  await receiver.received(deliveries, TIMEOUT_MS);
  const stored = async () => (await system.outcomes()) - before >= deliveries;
  await until(`${system.name}: outcomes`, stored, TIMEOUT_MS, 10);
  const endedAt = monotonicMs();
  await sleep(TAIL_MS);

  const [appAfter = 0, databaseAfter = 0] = cpu();
  const [appPeakBytes = 0, databasePeakBytes = 0] = peaks.map((stop) => stop());
  const counts = await receiver.counts();
  if (counts.arrived !== deliveries || counts.forged > 0)
    throw new Error(
      `${system.name}: of ${deliveries} deliveries the receiver counted ${JSON.stringify(counts)}`,
    );
  const per10k = (seconds: number) => (seconds / deliveries) * 10_000;
  return {
    eventsPerSecond: (shape.events / (acceptedAt - startedAt)) * 1_000,
    deliveriesPerSecond: (deliveries / (endedAt - startedAt)) * 1_000,
    appCpuPer10k: per10k(appAfter - appBefore),
    databaseCpuPer10k: per10k(databaseAfter - databaseBefore),
    appPeakBytes,
    databasePeakBytes,
  };
}
