import 'server-only';
import { type Backend, backend } from './backend';
import { type Client, sessionless } from './client';
import { type Rpc, rpcOfBackend, rpcOfClient } from './rpc';

/**
 * Calls a function as the server, by the shortest way that the backend has.
 * @throws as `backend`
 */
export const serverRpc: Rpc = async (name, args) => {
  const { call } = await backend();
  return call ? rpcOfBackend(call)(name, args) : rpcOfClient(adminClient)(name, args);
};

const clients = new WeakMap<Backend, Client>();

/**
 * The service role: past row level security, so it knows no tenant. Never sign anybody in on it: it is
 * shared by the whole process, and would act for that user from then on.
 * @throws as `backend`
 */
export async function adminClient(): Promise<Client> {
  const current = await backend();
  const known = clients.get(current) ?? sessionless(current, current.secretKey);
  clients.set(current, known);
  return known;
}
