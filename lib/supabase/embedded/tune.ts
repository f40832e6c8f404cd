import type { PgliteConnection } from '@supabase/lite/pglite';
import type { PostgresConnection } from '@supabase/lite/postgres';
import { normalizeDbError } from './errors.ts';

type Connection = PgliteConnection | PostgresConnection;

/** The part of the library's query builder that is used: a statement that is already text. */
type Executor = {
  executeQuery(query: {
    sql: string;
    parameters: readonly unknown[];
    query: { kind: 'RawNode'; sqlFragments: readonly string[]; parameters: readonly never[] };
    queryId: { queryId: string };
  }): Promise<unknown>;
};
type Caller = {
  auth?: { role?: unknown; uid?: unknown; jwt?: unknown };
  storage?: { operation?: unknown };
};
type RpcCall = { method: string; path: string; requestHeaders?: Record<string, string>; readOnly?: boolean };

const ROLES = ['anon', 'authenticated', 'service_role'];

async function setLocally(executor: Executor, settings: Record<string, string>): Promise<void> {
  const entries = Object.entries(settings);
  const calls = entries.map((_, index) => `set_config($${2 * index + 1}, $${2 * index + 2}, true)`);
  const sql = `select ${calls.join(', ')}`;
  await executor.executeQuery({
    sql,
    parameters: entries.flat(),
    query: { kind: 'RawNode', sqlFragments: [sql], parameters: [] },
    queryId: { queryId: sql },
  });
}

/** Who is asking, for row level security: one statement where the library takes six. */
async function applyJwtSessionContext(executor: Executor, { auth, storage }: Caller): Promise<void> {
  const role = ROLES.find((known) => known === auth?.role) ?? 'anon';
  const claims = typeof auth?.jwt === 'object' && auth.jwt !== null ? auth.jwt : { role };
  await setLocally(executor, {
    role,
    'request.jwt.claim.sub': String(auth?.uid ?? ''),
    'request.jwt.claim.role': role,
    'request.jwt.claims': JSON.stringify(claims),
    'storage.operation': String(storage?.operation ?? ''),
  });
}

/** What a function may read of the request that calls it: one statement where the library takes five. */
async function applyRpcRequestGucs(executor: Executor, call: RpcCall): Promise<void> {
  await setLocally(executor, {
    'response.status': '',
    'response.headers': '',
    'request.method': call.method,
    'request.path': call.path,
    'request.headers': JSON.stringify(call.requestHeaders ?? {}),
  });
}

/**
 * Makes a connection of the library fit for real data. It reaches into version 0.10.0, which is why that
 * is pinned; the tests of this folder fail when any of it no longer takes hold.
 * - `rlsState`: the roles and grants are ours. Left alone, the first request would grant everything on
 *   every table with row level security to everybody, undoing each revoke.
 * - The caller's context in one statement each: a request takes four round trips to the database, not twelve.
 */
export function tune(connection: Connection): void {
  Object.assign(connection, {
    rlsState: 'active',
    normalizeDbError,
    applyJwtSessionContext,
    applyRpcRequestGucs,
  });
}
