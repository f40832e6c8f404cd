import type { Backend } from './backend';
import type { Client } from './client';
import type { Database } from './database.types';

type Functions = Database['public']['Functions'];
export type FunctionName = keyof Functions;

/** Calls a function of the database. `data` is what it answers; an error's `code` is its SQLSTATE, or PostgREST's. */
export type Rpc = <N extends FunctionName>(
  name: N,
  args: Functions[N]['Args'],
) => Promise<{ data: unknown; error: { code: string; message: string } | null }>;

/** Calls through the Data API. */
export function rpcOfClient(client: () => Promise<Client>): Rpc {
  return async (name, args) => {
    const { data, error } = await (await client()).rpc(name, args);
    return { data, error };
  };
}

/** Calls a local backend's database past its Data API; for functions that the server alone may call. */
export function rpcOfBackend(call: NonNullable<Backend['call']>): Rpc {
  return async (name, args) => {
    const values: Record<string, unknown> = {};
    for (const [argument, value] of Object.entries(args)) {
      if (value !== undefined) values[argument] = value;
    }
    const answer = await call({ name, values });
    return answer.ok
      ? { data: JSON.parse(answer.json), error: null }
      : { data: null, error: { code: answer.code, message: answer.message } };
  };
}
