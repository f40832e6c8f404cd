import 'server-only';
import { seedDemo } from '@/lib/accounts/demo';
import { backend } from '@/lib/supabase/backend';

/** The demo user's e-mail and password; null when hosted, or where the database is somebody's. */
export async function demoCredentials(): Promise<{ email: string; password: string } | null> {
  const demo = await seedDemo(await backend());
  return demo ? { email: demo.email, password: demo.password } : null;
}
