import 'server-only';
import { backend } from './backend';
import { type Client, sessionless } from './client';

/**
 * A client that acts for a signed-in user: row level security applies. One for each request.
 * @param accessToken the user's token, from a bearer header
 * @throws as `backend`
 */
export async function userClient(accessToken: string): Promise<Client> {
  const current = await backend();
  return sessionless(current, current.publishableKey, accessToken);
}
