import type { PgliteConnection } from '@supabase/lite/pglite';
import type { PostgresConnection } from '@supabase/lite/postgres';
import type { Database } from './types.ts';

/** A driver: the library's connection, and the few statements that go past it. */
export type Driver = {
  connection: PgliteConnection | PostgresConnection;
  /** Runs one statement by itself, prepared where the driver can, and answers its rows. */
  run(sql: string, values: readonly (string | null)[]): Promise<Record<string, unknown>[]>;
  /** One session, kept for the whole of the work, which nobody else does at the same time. */
  alone<T>(work: (db: Database) => Promise<T>): Promise<T>;
};

/** Connections to a PostgreSQL of one's own, for each process. */
const POOL_SIZE = 10;
/** Any number that nothing else in the database takes an advisory lock on. */
const MIGRATION_LOCK = 5_418_907_761;

const isoDate = (value: string) => value.replace(' ', 'T');
const isoInstant = (value: string) => value.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00');

/** PGlite on a folder whose lock the caller has, or on `memory://`. */
export async function openPglite(folder: string): Promise<Driver> {
  const { createPgliteConnection } = await import('@supabase/lite/pglite');
  const connection = await createPgliteConnection({
    url: folder,
    pgliteOptions: { parsers: { 1114: isoDate, 1184: isoInstant } },
  });
  const { driver } = connection;
  await driver.waitReady;
  const db: Database = {
    exec: async (sql) => {
      await driver.exec(sql);
    },
    query: async (sql, values = []) => (await driver.query<Record<string, unknown>>(sql, [...values])).rows,
  };
  return {
    connection,
    run: async (sql, values) => (await driver.query<Record<string, unknown>>(sql, [...values])).rows,
    alone: (work) => work(db),
  };
}

/** A PostgreSQL of one's own, shared by any number of processes. */
export async function openPostgres(url: string): Promise<Driver> {
  const { createPostgresConnection } = await import('@supabase/lite/postgres');
  const text = (from: number, parse: (value: string) => string) => ({
    to: from,
    from: [from],
    serialize: (value: string) => value,
    parse,
  });
  const connection = createPostgresConnection({
    url,
    postgresOptions: {
      max: POOL_SIZE,
      onnotice: () => undefined,
      connect_timeout: 10,
      connection: { application_name: 'hirehook' },
      types: { timestamp: text(1114, isoDate), timestamptz: text(1184, isoInstant) },
    },
  });
  return {
    connection,
    run: async (sql, values) => [...(await connection.driver.unsafe(sql, [...values], { prepare: true }))],
    alone: async (work) => {
      const session = await connection.driver.reserve();
      try {
        await session`select pg_advisory_lock(${MIGRATION_LOCK})`;
        return await work({
          exec: async (sql) => {
            await session.unsafe(sql);
          },
          query: async (sql, values = []) => [...(await session.unsafe(sql, [...values]))],
        });
      } finally {
        await session`select pg_advisory_unlock(${MIGRATION_LOCK})`.catch(() => undefined);
        session.release();
      }
    },
  };
}
