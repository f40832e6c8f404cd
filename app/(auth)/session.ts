import 'server-only';
import { serverClient } from '@/lib/supabase/server';

/** Whether the request's cookies carry a session that holds. Decides what a page shows, never what a route may do. */
export async function isSignedIn(): Promise<boolean> {
  const client = await serverClient();
  const { data } = await client.auth.getClaims();
  return data !== null;
}
