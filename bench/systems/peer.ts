import postgres from 'postgres';
import { z } from 'zod';
import { SECRET } from '../harness/event.ts';
import { query } from '../harness/postgres.ts';
import { startWorker } from '../harness/rpc.ts';
import { CREATE_OUTCOMES } from '../peers/outcomes.ts';
import { startPeerApp } from './peer-app.ts';
import type { Surroundings, System } from './system.ts';

const OUTCOME_CONNECTIONS = 10;
const undefinedSchema = z.undefined();

/** A job queue that a team would take instead, and how its worker is tuned. */
interface Peer {
  queue: 'pgboss' | 'graphile';
  script: URL;
  tuning: Record<string, number>;
  env?: Record<string, string>;
}

/**
 * pg-boss: a queue table of its own, large batches that are fetched again at once while they
 * come back full, as its documentation says for throughput. Batches of 200 to 2,000 and 1 to 4 workers were tried.
 */
export const PG_BOSS: Peer = {
  queue: 'pgboss',
  script: new URL('../peers/pgboss.ts', import.meta.url),
  tuning: { batchSize: 1_000, localConcurrency: 2 },
};

/** pg-boss for latency: woken by LISTEN/NOTIFY, which costs it throughput. */
export const PROMPT_PG_BOSS: Peer = { ...PG_BOSS, env: { NOTIFY: '1' } };

/**
 * graphile-worker: local queue, batched completion, many jobs at once, as its performance page says. 24 to 400 jobs
 * at once were tried.
 */
export const GRAPHILE: Peer = {
  queue: 'graphile',
  script: new URL('../peers/graphile.ts', import.meta.url),
  tuning: { concurrentJobs: 100, localQueueSize: 500, maxPoolSize: 20 },
};

/** Starts a peer: the Next app that enqueues, its worker, and its bulk publisher. `batched` is about outcomes. */
export async function startPeer(
  peer: Peer,
  batched: boolean,
  { receiver, databaseUrl }: Surroundings,
): Promise<System> {
  const env = { DATABASE_URL: databaseUrl, RECEIVER_URL: receiver.base, ...peer.env };
  const settings = { ...peer.tuning, outcomeConnections: OUTCOME_CONNECTIONS };
  await query(databaseUrl, (sql) => sql.unsafe(CREATE_OUTCOMES));
  const worker = startWorker(peer.script, env);
  await worker.call('work', { ...settings, batched }, undefinedSchema);
  const publisher = startWorker(peer.script, env);
  const app = await startPeerApp(databaseUrl, receiver.base);
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  return {
    name: `${peer.queue === 'pgboss' ? 'pg-boss' : 'graphile-worker'}, outcomes ${batched ? 'in batches' : 'one by one'}`,
    settings,
    databaseUrl,
    pids: [worker.pid, publisher.pid, app.pid],
    webhooks: async (fanout) => Array.from({ length: fanout }, () => SECRET),
    target: (fanout) => ({
      urls: [`${app.url}/api/${peer.queue}?fanout=${fanout}`],
      headers: {},
      status: 202,
    }),
    async publishBatches(_load, { run, events, fanout, bytes, batch }) {
      await publisher.call('enqueue', { run, events, fanout, bytes, batch }, undefinedSchema);
    },
    async outcomes() {
      const [row] = await sql<{ count: number }[]>`select count(*)::integer as count from outcomes`;
      return row?.count ?? 0;
    },
    async stop() {
      await Promise.all([worker.stop(), publisher.stop(), app.stop(), sql.end()]);
    },
  };
}
