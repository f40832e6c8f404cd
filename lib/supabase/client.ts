import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import type { Backend } from './backend';
import type { Database } from './database.types';

export type Client = SupabaseClient<Database>;

/** The cookie of a session. Named, since the default depends on the host in the backend's URL. */
export const SESSION_COOKIE = 'sb-auth';

/**
 * A client that keeps no session.
 * @param key the publishable or the secret key
 * @param accessToken a user's token: row level security then applies to that user, whatever the key
 */
export function sessionless(backend: Backend, key: string, accessToken?: string): Client {
  return createClient<Database>(backend.url, key, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    global: {
      ...(backend.fetch ? { fetch: backend.fetch } : {}),
      ...(accessToken ? { headers: { Authorization: `Bearer ${accessToken}` } } : {}),
    },
  });
}
