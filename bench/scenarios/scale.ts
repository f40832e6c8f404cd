import postgres from 'postgres';
import { monotonicMs } from '../harness/clock.ts';
import { settle } from '../harness/postgres.ts';
import { ratios, type Spread, spread } from '../harness/stats.ts';
import { turned } from '../harness/turned.ts';
import { calls } from '../scale/calls.ts';
import { fill, makeBacklog, prepareTenants } from '../scale/fill.ts';

const WARM_UP_ROUNDS = 2;
/** Each call's turns at one size before the next size comes: the ones after the first meet warm processor caches. */
const IN_A_ROW = 10;
const CLAIM = 100;

/** Milliseconds of each call at one size of the tables. */
export interface ScalePoint {
  deliveries: number;
  databaseBytes: number;
  fillSeconds: number;
  calls: Record<string, Spread>;
  /** Each call's median of a round as a multiple of that at the smallest size in the same round. */
  ofSmallest: Record<string, Spread>;
}

type App = Awaited<ReturnType<typeof calls>>;
type Times = Record<string, number[]>;

/** One size of the tables, in a database of its own. */
interface Sized {
  deliveries: number;
  fillSeconds: number;
  sql: postgres.Sql;
  app: App;
  rounds: Times[];
}

async function prepare(databaseUrl: string, deliveries: number): Promise<Sized> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  const tenants = await prepareTenants(sql);
  const startedAt = monotonicMs();
  await fill(databaseUrl, deliveries);
  await makeBacklog(sql);
  await settle(sql);
  const fillSeconds = (monotonicMs() - startedAt) / 1_000;
  return { deliveries, fillSeconds, sql, app: await calls(sql, tenants), rounds: [] };
}

/** Times each call `IN_A_ROW` times; what is claimed and published is recorded, so that the backlog stays what it was. */
async function timeCalls(app: App): Promise<Times> {
  const times: Times = {};
  const time = async <T>(name: string, call: () => Promise<T>): Promise<T> => {
    const startedAt = monotonicMs();
    const result = await call();
    times[name] = [...(times[name] ?? []), monotonicMs() - startedAt];
    return result;
  };
  const often = async (work: () => Promise<unknown>) => {
    for (let at = 0; at < IN_A_ROW; at++) await work();
  };
  await often(async () => {
    const claimed = await time('claim 100', () => app.claim(CLAIM));
    if (claimed.length !== CLAIM) throw new Error(`claimed ${claimed.length} of ${CLAIM}`);
    await time('record 100', () => app.record(claimed, 'retrying'));
    const one = await time('publish 1', () => app.publish(1));
    await time('record 1', () => app.record(one, 'success'));
    await app.record(await time('publish 100', () => app.publish(CLAIM)), 'success');
  });
  const reads = {
    'page of 50': () => app.page('none'),
    'page of 50, failed': () => app.page('failed'),
    'page of 50, rare type': () => app.page('rare type'),
    'statistics, 7 days by hour': app.statistics,
    'statistics, life by type': app.statisticsByType,
    'open and held counts': app.counts,
  };
  for (const [name, read] of Object.entries(reads)) await often(() => time(name, read));
  return times;
}

const perCall = (rounds: readonly Times[], join: (call: string) => Spread): Record<string, Spread> =>
  Object.fromEntries(Object.keys(rounds[0] ?? {}).map((call) => [call, join(call)]));
const timesOf = ({ rounds }: Sized, call: string): number[] => rounds.flatMap((times) => times[call] ?? []);
const mediansOf = ({ rounds }: Sized, call: string): number[] =>
  rounds.map((times) => spread(times[call] ?? []).median);

async function point(size: Sized, smallest: Sized): Promise<ScalePoint> {
  const [row] = await size.sql<
    { bytes: number }[]
  >`select pg_database_size(current_database())::double precision as bytes`;
  return {
    deliveries: size.deliveries,
    databaseBytes: row?.bytes ?? 0,
    fillSeconds: size.fillSeconds,
    calls: perCall(size.rounds, (call) => spread(timesOf(size, call))),
    ofSmallest: perCall(size.rounds, (call) =>
      spread(ratios(mediansOf(size, call), mediansOf(smallest, call))),
    ),
  };
}

/**
 * Fills a database for each of `sizes` (smallest first), made and migrated by `create`, with the same backlog of 1,000
 * due deliveries, and times the app's calls on all of them in turn, round by round: the pace of the machine, which
 * changes over minutes, is the same for every size of a round.
 */
export async function measureScale(
  create: (deliveries: number) => Promise<string>,
  { sizes, rounds }: { sizes: readonly number[]; rounds: number },
  log: (line: string) => void,
): Promise<ScalePoint[]> {
  const filled: Sized[] = [];
  try {
    for (const deliveries of sizes) {
      const size = await prepare(await create(deliveries), deliveries);
      log(`  ${deliveries} deliveries: filled in ${size.fillSeconds.toFixed(0)} s`);
      filled.push(size);
    }
    for (let round = -WARM_UP_ROUNDS; round < rounds; round++)
      for (const size of turned(filled, round + WARM_UP_ROUNDS)) {
        const times = await timeCalls(size.app);
        if (round >= 0) size.rounds.push(times);
      }
    const [smallest] = filled;
    if (smallest === undefined) throw new Error('no sizes');
    return await Promise.all(filled.map((size) => point(size, smallest)));
  } finally {
    for (const { sql } of filled) await sql.end();
  }
}
