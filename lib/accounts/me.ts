/** Who am I, for the dashboard's frame: the user, the organization acted for, the others. */
import 'server-only';
import { z } from 'zod';
import { backend } from '@/lib/supabase/backend';
import { scoped } from '@/lib/supabase/scoped';
import { serverClient } from '@/lib/supabase/server';
import { userClient } from '@/lib/supabase/user';
import { Problem } from '@/lib/webhooks/errors';
import { bearerToken, type Caller } from './caller';

const membershipRow = z.object({
  role: z.enum(['owner', 'recruiter', 'viewer']),
  organizations: z.object({ id: z.string(), name: z.string() }),
});

async function userOf(request: Request): Promise<{ email: string; token: string } | null> {
  const token =
    bearerToken(request) ?? (await (await serverClient()).auth.getSession()).data.session?.access_token;
  if (!token) return null;
  const { data } = await (await userClient(token)).auth.getUser(token);
  return data.user ? { email: data.user.email ?? '', token } : null;
}

/** Throws a Problem (unavailable) when the database cannot tell. */
export async function whoAmI(caller: Caller, request: Request) {
  const { kind } = await backend();
  const user = caller.scopes === null ? await userOf(request) : null;
  const client = user ? await userClient(user.token) : await scoped(caller.organizationId);
  const { data, error } = await client
    .from('memberships')
    .select('role, organizations (id, name)')
    .eq('user_id', caller.userId ?? '')
    .order('created_at');
  if (error) throw new Problem('unavailable', 'Your organizations could not be read.');
  const organizations = membershipRow
    .array()
    .parse(data)
    .map(({ role, organizations: one }) => ({ ...one, role }));
  const organization = organizations.find(({ id }) => id === caller.organizationId);
  if (!organization) throw new Problem('not_found', 'This key has no member behind it any more.');
  return {
    user: { id: caller.userId ?? '', email: user?.email ?? '' },
    organization,
    organizations,
    mode: kind,
  };
}
