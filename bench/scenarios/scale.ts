import postgres from 'postgres';
import { monotonicMs } from '../harness/clock.ts';
import { type Spread, spread } from '../harness/stats.ts';
import { calls } from '../scale/calls.ts';
import { fill, makeBacklog, prepareTenants } from '../scale/fill.ts';

const WARM_UP = 20;
const CLAIM = 100;

/** Milliseconds of each call at one size of the tables. */
export interface ScalePoint {
  deliveries: number;
  databaseBytes: number;
  fillSeconds: number;
  calls: Record<string, Spread>;
}

async function timeEach(repeats: number, call: () => Promise<unknown>): Promise<Spread> {
  const times: number[] = [];
  for (let at = -WARM_UP; at < repeats; at++) {
    const startedAt = monotonicMs();
    await call();
    if (at >= 0) times.push(monotonicMs() - startedAt);
  }
  return spread(times);
}

async function timeCycle(
  repeats: number,
  steps: (time: (name: string, call: () => Promise<unknown>) => Promise<void>) => Promise<void>,
) {
  const times = new Map<string, number[]>();
  for (let at = -WARM_UP; at < repeats; at++)
    await steps(async (name, call) => {
      const startedAt = monotonicMs();
      await call();
      if (at >= 0) times.set(name, [...(times.get(name) ?? []), monotonicMs() - startedAt]);
    });
  return Object.fromEntries([...times].map(([name, values]) => [name, spread(values)]));
}

/**
 * Fills a migrated, empty `databaseUrl` to each of `sizes` deliveries in turn, with the same backlog of 1,000 due
 * deliveries, and times the app's calls there. The backlog is left as it was found by every call.
 */
export async function measureScale(
  databaseUrl: string,
  sizes: readonly number[],
  repeats: number,
  log: (line: string) => void,
): Promise<ScalePoint[]> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  const tenants = await prepareTenants(sql);
  const points: ScalePoint[] = [];
  let filled = 0;
  for (const size of sizes) {
    const startedAt = monotonicMs();
    await fill(databaseUrl, filled, size);
    if (filled === 0) await makeBacklog(sql);
    filled = size;
    await sql.unsafe('vacuum analyze');
    await sql.unsafe('checkpoint');
    const fillSeconds = (monotonicMs() - startedAt) / 1_000;
    log(`  ${size} deliveries: filled in ${fillSeconds.toFixed(0)} s`);
    const app = await calls(sql, tenants);
    let leases = await app.claim(0);
    const cycle = await timeCycle(repeats, async (time) => {
      await time('claim 100', async () => {
        leases = await app.claim(CLAIM);
      });
      if (leases.length !== CLAIM) throw new Error(`claimed ${leases.length} of ${CLAIM}`);
      await time('record 100', () => app.record(leases, 'retrying'));
      await time('publish 1', async () => {
        leases = await app.publish(1);
      });
      await time('record 1', () => app.record(leases, 'success'));
      await time('publish 100', async () => {
        leases = await app.publish(CLAIM);
      });
      await app.record(leases, 'success');
    });
    const [row] = await sql<
      { bytes: number }[]
    >`select pg_database_size(current_database())::double precision as bytes`;
    points.push({
      deliveries: size,
      databaseBytes: row?.bytes ?? 0,
      fillSeconds,
      calls: {
        ...cycle,
        'page of 50': await timeEach(repeats, () => app.page('none')),
        'page of 50, failed': await timeEach(repeats, () => app.page('failed')),
        'page of 50, rare type': await timeEach(repeats, () => app.page('rare type')),
        'statistics, 7 days by hour': await timeEach(repeats, app.statistics),
        'statistics, life by type': await timeEach(repeats, app.statisticsByType),
        'open and held counts': await timeEach(repeats, app.counts),
      },
    });
  }
  await sql.end();
  return points;
}
