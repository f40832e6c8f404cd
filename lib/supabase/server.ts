import 'server-only';
import { createServerClient } from '@supabase/ssr';
import { cookies } from 'next/headers';
import { backend } from './backend';
import { type Client, SESSION_COOKIE } from './client';
import type { Database } from './database.types';

/**
 * A client that acts for whoever the request's cookies say is signed in. One for each request, in route
 * handlers, server actions and pages. A page cannot set cookies; `proxy.ts` renews the session before it.
 * @throws as `backend`
 */
export async function serverClient(): Promise<Client> {
  const jar = await cookies();
  const current = await backend();
  return createServerClient<Database>(current.url, current.publishableKey, {
    cookieOptions: { name: SESSION_COOKIE },
    ...(current.fetch ? { global: { fetch: current.fetch } } : {}),
    cookies: {
      getAll: () => jar.getAll(),
      setAll: (cookiesToSet) => {
        try {
          for (const { name, value, options } of cookiesToSet) jar.set(name, value, options);
        } catch {
          // A page: its answer has begun, and proxy.ts has already renewed what was due.
        }
      },
    },
  });
}
