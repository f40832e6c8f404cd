import path from 'node:path';
import postgres from 'postgres';
import { type Client, sessionless } from '@/lib/supabase/client';
import { openPglite } from '@/lib/supabase/embedded/drivers';
import { mutex } from '@/lib/supabase/embedded/mutex';
import { openEmbedded } from '@/lib/supabase/embedded/open';
import { apiOf, provision } from '@/lib/supabase/embedded/provision';
import { tune } from '@/lib/supabase/embedded/tune';

type Rows = Record<string, unknown>[];

/** A database with the migrations applied, as the engine reaches it, and past everything as its owner. */
export interface World {
  /** The service role, through the Data API. */
  client(): Promise<Client>;
  /** As the owner, past the API; values are passed as text. */
  sql(text: string, values?: readonly string[]): Promise<Rows>;
  close(): Promise<void>;
}

const migrations = path.resolve('supabase/migrations');
const keys = { publishableKey: 'sb_publishable_x', secretKey: 'sb_secret_x', jwtSecret: 'j'.repeat(32) };

function clientOf(secretKey: string, handle: (request: Request) => Promise<Response>): Client {
  return sessionless(
    {
      kind: 'embedded',
      url: 'http://127.0.0.1',
      ...keys,
      secretKey,
      cronSecret: undefined,
      fetch: (input, init) => handle(new Request(input, init)),
      close: async () => undefined,
    },
    secretKey,
  );
}

/** Forgets everything that was published, so that nothing of one test is due in the next. */
export async function forget(world: World): Promise<void> {
  await world.sql(
    `truncate public.organizations, public.webhook_events, public.webhook_deliveries, public.webhook_attempts,
       public.webhook_idempotency_keys, public.webhook_stats, public.webhook_totals, private.sweep cascade`,
  );
}

/** PGlite in this process, in memory. */
export async function openMemoryWorld(): Promise<World> {
  const driver = await openPglite('memory://');
  await driver.alone((db) => provision(driver, db, migrations));
  tune(driver.connection);
  const api = await apiOf(driver.connection, keys);
  await api.init();
  await driver.connection.clearSchemaCache();
  await driver.connection.introspect();
  const oneAtATime = mutex();
  const client = clientOf(keys.secretKey, (request) => oneAtATime(async () => api.fetch(request)));
  return {
    client: async () => client,
    sql: (text, values) => oneAtATime(() => driver.alone((db) => db.query(text, values))),
    close: () => oneAtATime(() => driver.connection.close()),
  };
}

/** A real PostgreSQL; several worlds may share one database, each with connections of its own. */
export async function openPostgresWorld(databaseUrl: string): Promise<World> {
  const backend = await openEmbedded({ directory: '', migrations, databaseUrl });
  const owner = postgres(databaseUrl, { max: 2, onnotice: () => undefined });
  const client = clientOf(backend.keys.secretKey, backend.handle);
  return {
    client: async () => client,
    sql: async (text, values = []) => [...(await owner.unsafe<Rows>(text, [...values]))],
    close: async () => {
      await owner.end();
      await backend.close();
    },
  };
}
