import type { Target } from '../load/client.ts';
import type { Bench } from './throughput.ts';

/** Requests a second that `target` takes, one event each, in a closed loop; what becomes of them is not waited for. */
export async function measureRequests(
  bench: Bench,
  target: Target,
  { events, bytes, connections }: { events: number; bytes: number; connections: number },
): Promise<number> {
  const run = bench.nextRun();
  const { startedAt, endedAt } = await bench.load.closed(target, {
    run,
    events,
    bytes,
    connections,
    batch: 0,
  });
  return (events / (endedAt - startedAt)) * 1_000;
}
