import 'server-only';
import { createHash } from 'node:crypto';
import { adminClient } from '../supabase/admin';
import type { Backend } from '../supabase/backend';
import { sessionless } from '../supabase/client';

export type Demo = { email: string; password: string; apiKey: string; organizationId: string };

const EMAIL = 'demo@hirehook.local';
const ORGANIZATION = 'Demo workspace';
const PREFIX_LENGTH = 12;

/** The demo user, made when the database has no organization at all; undefined in a database of somebody's. */
async function demoUser(backend: Backend, password: string): Promise<string | undefined> {
  const signIn = () =>
    sessionless(backend, backend.publishableKey).auth.signInWithPassword({ email: EMAIL, password });
  const known = await signIn();
  if (known.data.user) return known.data.user.id;
  const { count, error } = await (await adminClient())
    .from('organizations')
    .select('id', { count: 'exact', head: true });
  if (error) throw new Error(`The organizations could not be counted: ${error.message}`);
  if (count !== 0) return undefined;
  // With the secret key: it may make an account even where sign-up is closed.
  const made = await sessionless(backend, backend.secretKey).auth.signUp({
    email: EMAIL,
    password,
    options: { data: { organization_name: ORGANIZATION } },
  });
  // Another process that shares the database may have been faster.
  const user = made.data.user ?? (await signIn()).data.user;
  if (!user) throw new Error(`The demo user could not be made: ${made.error?.message ?? 'no answer'}`);
  return user.id;
}

/**
 * Makes the demo workspace on an empty database: a user, an organization, an API key. Its password and
 * key were generated with the backend's keys, so that every start, and every process that shares the
 * database, tells the same. Interrupted, it goes on where it was.
 * @returns undefined when hosted, or when the database is somebody's already
 * @throws when the database refuses
 */
export async function seedDemo(backend: Backend): Promise<Demo | undefined> {
  if (!backend.demo) return undefined;
  const { password, apiKey } = backend.demo;
  const admin = await adminClient();
  const hash = createHash('sha256').update(apiKey).digest('hex');
  const seeded = await admin.from('api_keys').select('organization_id').eq('key_hash', hash).maybeSingle();
  if (seeded.error) throw new Error(`The API keys could not be read: ${seeded.error.message}`);
  if (seeded.data) return { email: EMAIL, password, apiKey, organizationId: seeded.data.organization_id };

  const userId = await demoUser(backend, password);
  if (!userId) return undefined;
  const membership = await admin
    .from('memberships')
    .select('organization_id')
    .eq('user_id', userId)
    .limit(1)
    .single();
  if (membership.error) throw new Error(`The demo user has no organization: ${membership.error.message}`);
  const organizationId = membership.data.organization_id;
  const { error } = await admin.from('api_keys').upsert(
    {
      organization_id: organizationId,
      name: 'Demo key',
      prefix: apiKey.slice(0, PREFIX_LENGTH),
      key_hash: hash,
      scopes: ['publish', 'manage'],
      created_by: userId,
    },
    { onConflict: 'key_hash', ignoreDuplicates: true },
  );
  if (error) throw new Error(`The demo API key could not be made: ${error.message}`);
  return { email: EMAIL, password, apiKey, organizationId };
}
