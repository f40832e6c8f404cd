/** An organization's API keys: only a hash is kept, so a key is shown once. */
import 'server-only';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { API_KEY_PREFIX, type Caller, hashApiKey } from '@/lib/accounts/caller';
import { Problem } from '@/lib/webhooks/errors';
import { oneOf, rowsOf } from './answer';

const COLUMNS = 'id, name, prefix, scopes, created_at, last_used_at';
const SHOWN_CHARACTERS = 12;

const apiKeyRow = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.string()),
  created_at: z.string(),
  last_used_at: z.string().nullable(),
});
export type ApiKeyRow = z.infer<typeof apiKeyRow>;

/** The keys that were not revoked, newest first. */
export async function listApiKeys(caller: Caller): Promise<ApiKeyRow[]> {
  const db = await caller.db();
  const query = db.from('api_keys').select(COLUMNS).is('revoked_at', null);
  return rowsOf(apiKeyRow, await query.order('created_at', { ascending: false }).limit(500));
}

/** Makes a key and answers it, once. */
export async function createApiKey(
  caller: Caller,
  input: { name: string; scope: 'publish' | 'manage' },
): Promise<ApiKeyRow & { key: string }> {
  const key = `${API_KEY_PREFIX}live_${randomBytes(32).toString('base64url')}`;
  const db = await caller.functions();
  const row = oneOf(
    apiKeyRow,
    await db
      .from('api_keys')
      .insert({
        organization_id: caller.organizationId,
        name: input.name,
        prefix: key.slice(0, SHOWN_CHARACTERS),
        key_hash: hashApiKey(key),
        scopes: input.scope === 'manage' ? ['publish', 'manage'] : ['publish'],
        created_by: caller.userId,
      })
      .select(COLUMNS)
      .single(),
  );
  if (!row) throw new Problem('unavailable', 'The key was not stored.');
  return { ...row, key };
}

/** Revokes a key at once. Throws a Problem (not_found). */
export async function revokeApiKey(caller: Caller, id: string): Promise<void> {
  const db = await caller.functions();
  const revoked = oneOf(
    z.object({ id: z.string() }),
    await db
      .from('api_keys')
      .update({ revoked_at: new Date().toISOString() })
      .eq('id', id)
      .is('revoked_at', null)
      .select('id')
      .maybeSingle(),
  );
  if (!revoked) throw new Problem('not_found', 'There is no such API key.');
}
