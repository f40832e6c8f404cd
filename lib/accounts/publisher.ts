import 'server-only';
import { requireOwnOrigin } from '@/lib/http/origin';
import type { Publisher } from '@/lib/webhooks/publish';
import { API_KEY_PREFIX, allow, bearerToken, hashApiKey, identify } from './caller';

/**
 * Who publishes. An API key is only hashed here: the call that stores the events checks it, so that publishing takes one
 * round trip. Anybody else is identified first. Throws a Problem: unauthorized, forbidden.
 */
export async function publisherOf(request: Request): Promise<Publisher> {
  const token = bearerToken(request);
  if (token?.startsWith(API_KEY_PREFIX)) return { keyHash: hashApiKey(token) };
  const caller = await identify(request);
  if (token === null) requireOwnOrigin(request);
  allow(caller, 'publish');
  return { organizationId: caller.organizationId };
}
