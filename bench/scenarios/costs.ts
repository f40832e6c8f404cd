import { sleep } from '../harness/clock.ts';
import type { Hirehook } from '../systems/hirehook.ts';
import { type Bench, measureThroughput, type Shape } from './throughput.ts';

/** Statistics of idle sessions reach the shared view within ten seconds. */
const STATISTICS_MS = 11_000;
const PER = 10_000;

/** What deliveries cost the database and the app; everything for 10,000 of them but the bytes, which are for one. */
export interface Costs {
  transactionsPer10k: number;
  functions: Record<string, { callsPer10k: number; msPer10k: number }>;
  walBytes: number;
  /** Tables and indexes, by table. */
  storedBytes: Record<string, number>;
  appCpuPer10k: number;
  databaseCpuPer10k: number;
}

interface Counters {
  transactions: number;
  wal: number;
  functions: Map<string, { calls: number; ms: number }>;
  tables: Map<string, number>;
}

async function read({ sql }: Hirehook): Promise<Counters> {
  const functions = await sql<{ name: string; calls: number; ms: number }[]>`
    select funcname::text as name, calls::double precision as calls, total_time as ms from pg_stat_user_functions
    where schemaname = 'public'`;
  const tables = await sql<{ name: string; bytes: number }[]>`
    select regexp_replace(c.relname::text, '_[0-9]{4}w[0-9]{2}$', '') as name,
      sum(pg_total_relation_size(c.oid))::double precision as bytes
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and (n.nspname = 'partitions' or (n.nspname = 'public' and c.relname like 'webhook%'))
    group by 1`;
  const [row] = await sql<{ transactions: number; wal: number }[]>`
    select (xact_commit + xact_rollback)::double precision as transactions,
      pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::double precision as wal
    from pg_stat_database where datname = current_database()`;
  return {
    transactions: row?.transactions ?? 0,
    wal: row?.wal ?? 0,
    functions: new Map(functions.map(({ name, calls, ms }) => [name, { calls, ms }])),
    tables: new Map(tables.map(({ name, bytes }) => [name, bytes])),
  };
}

/** Delivers `shape` once for warmth and once for the figures. `system` must count its calls. */
export async function measureCosts(bench: Bench, system: Hirehook, shape: Shape): Promise<Costs> {
  await measureThroughput(bench, system, shape);
  await sleep(STATISTICS_MS);
  const before = await read(system);
  const run = await measureThroughput(bench, system, shape);
  await sleep(STATISTICS_MS);
  const after = await read(system);
  const deliveries = shape.events * shape.fanout;
  const per10k = (value: number) => (value / deliveries) * PER;
  return {
    transactionsPer10k: per10k(after.transactions - before.transactions),
    functions: Object.fromEntries(
      [...after.functions]
        .map(([name, { calls, ms }]) => {
          const was = before.functions.get(name) ?? { calls: 0, ms: 0 };
          return [name, { callsPer10k: per10k(calls - was.calls), msPer10k: per10k(ms - was.ms) }] as const;
        })
        .filter(([, { callsPer10k }]) => callsPer10k > 0),
    ),
    walBytes: (after.wal - before.wal) / deliveries,
    storedBytes: Object.fromEntries(
      [...after.tables]
        .map(([name, bytes]) => [name, (bytes - (before.tables.get(name) ?? 0)) / deliveries] as const)
        .filter(([, bytes]) => bytes > 0),
    ),
    appCpuPer10k: run.appCpuPer10k,
    databaseCpuPer10k: run.databaseCpuPer10k,
  };
}
