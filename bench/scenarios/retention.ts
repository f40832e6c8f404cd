import postgres from 'postgres';
import { z } from 'zod';
import { monotonicMs, sleep } from '../harness/clock.ts';
import { settle } from '../harness/postgres.ts';
import { type Publishes, startPublishers } from '../retention/publishers.ts';
import { fillOldWeek, prepareTenant } from '../retention/rows.ts';

const WARM_UP_MS = 300;
const BEFORE_MS = 1_000;
const TRIES = 6;
const BETWEEN_TRIES_MS = 80;
const TABLES = ['webhook_events', 'webhook_deliveries', 'webhook_attempts'];
const answerSchema = z.object({
  dropped: z.array(z.string()),
  busy: z.array(z.string()),
  more: z.boolean(),
});

/** How publishes fare while the week past retention is dropped, or cannot be. */
export interface Retention {
  deliveries: number;
  fillSeconds: number;
  before: Publishes;
  /** While somebody reads the partitions and each call of `maintain_partitions` gives up. */
  partitionRead: Publishes;
  /** The same while the reader comes through the tables, as the app's own queries do. */
  tableRead: Publishes;
  /** While all that is past retention is dropped. */
  dropping: Publishes;
  /** From the first call to the last, and the longest of them. */
  dropMs: number;
  longestDropMs: number;
  dropped: number;
}

/** Holds a transaction open that has read `relations`, while `work` runs. */
async function whileRead(databaseUrl: string, relations: string[], work: () => Promise<void>): Promise<void> {
  const reader = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    await reader.begin(async (sql) => {
      for (const relation of relations) await sql.unsafe(`select from ${relation} limit 1`);
      await work();
    });
  } finally {
    await reader.end();
  }
}

/**
 * Fills a week past retention of a migrated, empty `databaseUrl` with `deliveries`, and publishes single events from two
 * connections while `maintain_partitions` drops it: first in vain, since somebody reads, then to the end. Throws when a
 * partition was dropped under its reader, or is there in the end.
 * @param mostWaitMs throws as well when a publish waits longer than this for a lock, which a busy machine does not blur
 */
export async function measureRetention(
  databaseUrl: string,
  deliveries: number,
  mostWaitMs = 0,
): Promise<Retention> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  const startedAt = monotonicMs();
  const tenant = await prepareTenant(sql);
  const week = await fillOldWeek(databaseUrl, tenant, deliveries);
  await settle(sql);
  const fillSeconds = (monotonicMs() - startedAt) / 1_000;

  const maintain = async () => {
    const [row] = await sql`select public.maintain_partitions() as answer`;
    return answerSchema.parse(row?.answer);
  };
  const inVain = async () => {
    for (let at = 0; at < TRIES; at++) {
      const { dropped, busy } = await maintain();
      if (dropped.some((name) => name.endsWith(week)) || !busy.some((name) => name.endsWith(week)))
        throw new Error(`dropped ${dropped.join(', ')}, busy ${busy.join(', ')}: ${week} is being read`);
      await sleep(BETWEEN_TRIES_MS);
    }
  };
  const publishers = startPublishers(databaseUrl, tenant, mostWaitMs);
  try {
    await publishers.beside(() => sleep(WARM_UP_MS));
    const before = await publishers.beside(() => sleep(BEFORE_MS));
    const partitions = TABLES.map((table) => `partitions.${table}_${week}`);
    const partitionRead = await publishers.beside(() => whileRead(databaseUrl, partitions, inVain));
    const tables = TABLES.map((table) => `public.${table}`);
    const tableRead = await publishers.beside(() => whileRead(databaseUrl, tables, inVain));
    const calls: number[] = [];
    let dropped = 0;
    const dropping = await publishers.beside(async () => {
      for (let more = true; more; ) {
        const from = monotonicMs();
        const answer = await maintain();
        calls.push(monotonicMs() - from);
        dropped += answer.dropped.length;
        more = answer.more;
      }
    });
    const left = await sql`select from pg_class where relname like ${`webhook%${week}`} and relkind = 'r'`;
    if (left.length > 0) throw new Error(`${left.length} partitions of ${week} are still there`);
    return {
      deliveries,
      fillSeconds,
      before,
      partitionRead,
      tableRead,
      dropping,
      dropMs: calls.reduce((sum, ms) => sum + ms, 0),
      longestDropMs: Math.max(...calls),
      dropped,
    };
  } finally {
    await publishers.stop();
    await sql.end();
  }
}
