import { readFile } from 'node:fs/promises';
import path from 'node:path';
import postgres from 'postgres';
import { z } from 'zod';
import { EVENT } from '../harness/event.ts';
import { temporaryFolder } from '../harness/folders.ts';
import { freePort, query } from '../harness/postgres.ts';
import { type Server, startServer } from '../harness/server.ts';
import type { Surroundings, System } from './system.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const BUILD_AND_START_MS = 400_000;
const demoSchema = z.object({ apiKey: z.string(), organizationId: z.string(), cronSecret: z.string() });
const createdSchema = z.object({ webhook: z.object({ id: z.string(), secret: z.string() }) });

/** Hirehook on a PostgreSQL of one's own, with what scripts know of it. */
export interface Hirehook extends System {
  readonly servers: readonly Server[];
  readonly organizationId: string;
  readonly cronSecret: string;
  /** As the database's owner: past every rule of the app. */
  readonly sql: postgres.Sql;
  /** Calls a route of the first process with the demo key; answers its JSON, throws on a status that is not 2xx. */
  call(method: string, route: string, body?: unknown): Promise<unknown>;
  /** Makes a webhook through the recruiter's route; answers its id and secret. */
  createWebhook(webhook: {
    url: string;
    events: string[];
    contract: string;
  }): Promise<{ id: string; secret: string }>;
  deleteWebhook(id: string): Promise<void>;
  /** Ends process `index` at once, as a crash would. */
  kill(index: number): Promise<void>;
}

const databaseName = (url: string): string => new URL(url).pathname.slice(1);

async function startProcess(databaseUrl: string, folder: string): Promise<Server> {
  const port = await freePort();
  return startServer([path.join(ROOT, 'scripts/start.mjs')], {
    cwd: ROOT,
    env: {
      DATABASE_URL: databaseUrl,
      HIREHOOK_DIR: folder,
      HIREHOOK_ALLOW_PRIVATE_TARGETS: '1',
      HOST: '127.0.0.1',
      PORT: String(port),
      LOG_LEVEL: 'warn',
    },
    url: `http://127.0.0.1:${port}`,
    health: '/api/health',
    timeoutMs: BUILD_AND_START_MS,
  });
}

/**
 * Starts `processes` app processes with `npm start` on one database; builds first where the build is out of date.
 * `countCalls` lets the database count the calls of its functions.
 */
export async function startHirehook(
  { receiver, databaseUrl }: Surroundings,
  { processes = 1, countCalls = false } = {},
): Promise<Hirehook> {
  if (countCalls)
    await query(databaseUrl, (sql) =>
      sql.unsafe(`alter database ${databaseName(databaseUrl)} set track_functions = 'pl'`),
    );
  const folder = temporaryFolder();
  const servers: Server[] = [];
  for (let at = 0; at < processes; at++)
    servers.push(await startProcess(databaseUrl, path.join(folder, String(at))));
  const [first] = servers;
  if (first === undefined) throw new Error('no process');
  const demo = demoSchema.parse(JSON.parse(await readFile(path.join(folder, '0/demo.json'), 'utf8')));
  const headers = { authorization: `Bearer ${demo.apiKey}`, 'content-type': 'application/json' };
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  let webhooks: { id: string; secret: string }[] = [];

  const call: Hirehook['call'] = async (method, route, body) => {
    const response = await fetch(first.url + route, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${text.slice(0, 500)}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  const createWebhook: Hirehook['createWebhook'] = async (webhook) =>
    createdSchema.parse(
      await call('POST', '/api/recruiter/webhooks', { ...webhook, description: 'benchmark' }),
    ).webhook;
  const deleteWebhook = async (id: string) => {
    await call('DELETE', `/api/recruiter/webhooks/${id}`);
  };
  const target = (route: string) => ({
    urls: servers.map(({ url }) => url + route),
    headers: { authorization: `Bearer ${demo.apiKey}` },
    status: 202,
  });

  return {
    name: 'hirehook',
    settings: { processes, contract: 'standard' },
    databaseUrl,
    pids: servers.map(({ pid }) => pid),
    servers,
    organizationId: demo.organizationId,
    cronSecret: demo.cronSecret,
    sql,
    call,
    createWebhook,
    deleteWebhook,
    async webhooks(fanout) {
      if (webhooks.length !== fanout) {
        for (const { id } of webhooks) await deleteWebhook(id);
        webhooks = [];
        for (let at = 0; at < fanout; at++)
          webhooks.push(
            await createWebhook({ url: receiver.url(at), events: [EVENT], contract: 'standard' }),
          );
      }
      return webhooks.map(({ secret }) => secret);
    },
    target: () => target('/api/v1/events'),
    async publishBatches(load, publication) {
      await load.closed(target('/api/v1/events/batch'), { ...publication, connections: 2 * processes });
    },
    async outcomes() {
      const [row] = await sql<{ attempts: number }[]>`
        select coalesce(sum(attempts), 0)::integer as attempts from public.webhook_totals`;
      return row?.attempts ?? 0;
    },
    async kill(index) {
      const server = servers[index];
      if (server === undefined) throw new Error(`no process ${index}`);
      process.kill(server.pid, 'SIGKILL');
      await server.stop();
    },
    async stop() {
      await Promise.all([...servers.map((server) => server.stop()), sql.end()]);
    },
  };
}
