import path from 'node:path';
import { type Env, env, isBuilding } from '../env';
import type { Call, CallAnswer } from './embedded/types';

/** The database, the accounts and the keys that this process works with, wherever they are. */
export type Backend = {
  kind: 'embedded' | 'postgres' | 'hosted';
  /** What supabase-js is given as the project's URL. */
  url: string;
  publishableKey: string;
  /** Past row level security: for the server only. */
  secretKey: string;
  cronSecret: string | undefined;
  /** How supabase-js reaches a local backend; undefined when hosted. */
  fetch?: typeof fetch;
  /** Answers a request for `/rest/v1/…` or `/auth/v1/…` of a local backend. */
  handle?(request: Request): Promise<Response>;
  /** Calls a function that the server alone may call, past the Data API of a local backend; undefined when hosted. */
  call?(call: Call): Promise<CallAnswer>;
  /** The generated sign-in and API key of a local backend's demo workspace. */
  demo?: { password: string; apiKey: string };
  close(): Promise<void>;
};

declare global {
  // Next gives each of its bundles, and each hot reload, modules of its own: the process has one backend.
  var __hirehookBackend: Promise<Backend> | undefined;
}

/**
 * The backend of this process, opened on first use.
 * @throws while Next.js builds; EnvError; what opening the database says. A later call tries again.
 */
export function backend(): Promise<Backend> {
  globalThis.__hirehookBackend ??= open().catch((error: unknown) => {
    globalThis.__hirehookBackend = undefined;
    throw error;
  });
  return globalThis.__hirehookBackend;
}

async function open(): Promise<Backend> {
  if (isBuilding()) {
    throw new Error('No database while building: await connection() or cookies() before using the backend');
  }
  const settings = env();
  if (settings.SUPABASE_URL) return hosted(settings, settings.SUPABASE_URL);
  if (settings.VERCEL) throw new Error('On Vercel, SUPABASE_URL and its keys are needed (see docs/deploy)');
  return local(settings);
}

function hosted(settings: Env, url: string): Backend {
  const { SUPABASE_PUBLISHABLE_KEY: publishableKey, SUPABASE_SECRET_KEY: secretKey } = settings;
  if (!publishableKey || !secretKey) throw new Error('SUPABASE_URL is set without its keys');
  return {
    kind: 'hosted',
    url,
    publishableKey,
    secretKey,
    cronSecret: settings.CRON_SECRET,
    close: async () => {
      globalThis.__hirehookBackend = undefined;
    },
  };
}

async function local(settings: Env): Promise<Backend> {
  const { startEmbedded } = await import('./embedded/client.ts');
  const embedded = await startEmbedded({
    directory: path.resolve(/*turbopackIgnore: true*/ settings.HIREHOOK_DIR),
    migrations: path.resolve(/*turbopackIgnore: true*/ settings.HIREHOOK_MIGRATIONS),
    databaseUrl: settings.DATABASE_URL,
    signUp: settings.HIREHOOK_SIGNUP !== 'closed',
    keys: {
      publishableKey: settings.SUPABASE_PUBLISHABLE_KEY,
      secretKey: settings.SUPABASE_SECRET_KEY,
      jwtSecret: settings.SUPABASE_JWT_SECRET,
      cronSecret: settings.CRON_SECRET,
    },
  });
  const { keys, handle } = embedded;
  const closeAndThrow = async (error: unknown) => {
    await embedded.close();
    throw error;
  };
  const pool = settings.DATABASE_URL ? await openCalls(settings.DATABASE_URL).catch(closeAndThrow) : null;
  return {
    kind: settings.DATABASE_URL ? 'postgres' : 'embedded',
    url: `http://127.0.0.1:${settings.PORT}`,
    publishableKey: keys.publishableKey,
    secretKey: keys.secretKey,
    cronSecret: keys.cronSecret,
    demo: { password: keys.demoPassword, apiKey: keys.demoApiKey },
    handle,
    call: pool?.call ?? embedded.call,
    fetch: (input, init) => handle(new Request(input, init)),
    close: async () => {
      globalThis.__hirehookBackend = undefined;
      await Promise.all([pool?.close(), embedded.close()]);
    },
  };
}

/** The server's own calls on a PostgreSQL of one's own, from this thread. */
async function openCalls(databaseUrl: string) {
  const [{ openPool }, { directCalls }] = await Promise.all([import('./pool'), import('./embedded/direct')]);
  const pool = openPool(databaseUrl);
  return { call: await directCalls(pool), close: pool.close };
}
