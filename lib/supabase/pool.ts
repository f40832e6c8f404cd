import 'server-only';
import { Pool } from 'pg';
import type { Driver } from './embedded/drivers';
import { UNREACHED } from './embedded/errors';

/** Connections of a process to a PostgreSQL of one's own, for the server's own calls. */
const POOL_SIZE = 8;
const CONNECT_MS = 10_000;

/** The client says in words alone that a connection broke or could not be had: it gets the SQLSTATE for that. */
const withCode = (error: unknown) => {
  if (!(error instanceof Error) || 'code' in error) return error;
  return Object.assign(new Error(UNREACHED.message, { cause: error }), { code: UNREACHED.code });
};

/**
 * Connections from this thread, past the local backend's: what the engine asks need not pass from thread to thread. Not
 * the backend's own driver, which can throw past everybody when its server goes away. Nothing is opened before the
 * first call.
 */
export function openPool(url: string): Pick<Driver, 'run'> & { close(): Promise<void> } {
  const pool = new Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_MS,
    // A new connection plans each statement anew: what is open stays open.
    idleTimeoutMillis: 0,
    keepAlive: true,
    application_name: 'hirehook',
  });
  // A connection that breaks while nobody uses it is taken out of the pool; whoever needs one gets another.
  pool.on('error', () => undefined);
  const names = new Map<string, string>();

  return {
    async run(text, values) {
      const name = names.get(text) ?? `call_${names.size}`;
      names.set(text, name);
      try {
        const { rows } = await pool.query<Record<string, unknown>>({ name, text, values: [...values] });
        return rows;
      } catch (error) {
        throw withCode(error);
      }
    },
    close: () => pool.end(),
  };
}
