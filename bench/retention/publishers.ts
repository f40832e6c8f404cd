import postgres from 'postgres';
import { v7 } from 'uuid';
import { monotonicMs, sleep } from '../harness/clock.ts';
import { eventColumns, functionsOn, tinyEvent } from '../harness/functions.ts';
import type { Tenant } from './rows.ts';

const LEASES = { standard: 60_000 };
const KEYS = { 'offer.rejected': ['standard:offer.rejected', 'standard:offer.*', 'standard:*'] };

/** How many publishes of a single event there were, and how long the median and the longest took, in ms. */
export interface Publishes {
  count: number;
  medianMs: number;
  longestMs: number;
}

const CONNECTIONS = 2;
const EVERY_MS = 4;

/**
 * Publishes single events, as the app does, from each of two connections every 4 ms, until it is stopped.
 * @param mostWaitMs a publish that waits longer than this for a lock fails; 0: none does
 */
export function startPublishers(databaseUrl: string, tenant: Tenant, mostWaitMs = 0) {
  const done: { from: number; to: number }[] = [];
  const sql = postgres(databaseUrl, {
    max: CONNECTIONS,
    onnotice: () => undefined,
    connection: { lock_timeout: mostWaitMs },
  });
  const call = functionsOn(sql);
  let stopping = false;
  let failed: unknown;

  async function publish(): Promise<void> {
    const event = tinyEvent(v7(), tenant.organizationId, 'offer.rejected');
    const from = monotonicMs();
    await (await call)('publish_events', {
      ...eventColumns([event]),
      p_keys: KEYS,
      p_leases: LEASES,
      p_lease_limit: 384,
      p_per_webhook: 32,
    });
    done.push({ from, to: monotonicMs() });
  }
  async function keepOn(): Promise<void> {
    while (!stopping) {
      const next = monotonicMs() + EVERY_MS;
      await publish();
      await sleep(Math.max(0, next - monotonicMs()));
    }
  }
  const running = Promise.all(Array.from({ length: CONNECTIONS }, keepOn)).catch((error: unknown) => {
    failed = error;
  });

  return {
    /** Does `work`, and answers how the publishes went that were under way at any time of it. Throws what a publish threw. */
    async beside(work: () => Promise<void>): Promise<Publishes> {
      const from = monotonicMs();
      await work();
      const to = monotonicMs();
      // Each of those under way at the end is over when its connection has begun another.
      const before = done.length;
      while (failed === undefined && done.length < before + 2 * CONNECTIONS) await sleep(EVERY_MS);
      if (failed !== undefined) throw failed;
      const took = done.filter((one) => one.to >= from && one.from <= to).map((one) => one.to - one.from);
      const sorted = took.sort((a, b) => a - b);
      return {
        count: sorted.length,
        medianMs: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
        longestMs: sorted.at(-1) ?? Number.NaN,
      };
    },
    async stop(): Promise<void> {
      stopping = true;
      await running;
      await sql.end();
    },
  };
}
