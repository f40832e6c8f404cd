/** Who is calling: a signed-in user by token or cookie, or an organization's API key. */
import 'server-only';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { serverRpc } from '@/lib/supabase/admin';
import type { Client } from '@/lib/supabase/client';
import { scoped } from '@/lib/supabase/scoped';
import { serverClient } from '@/lib/supabase/server';
import { userClient } from '@/lib/supabase/user';
import { Problem } from '@/lib/webhooks/errors';

export const API_KEY_PREFIX = 'hh_';

export type Role = 'owner' | 'recruiter' | 'viewer';

/** What a route needs its caller to be able to do. */
export type Access = 'read' | 'write' | 'publish';

export interface Caller {
  organizationId: string;
  /** The signed-in user, or the person who made the API key; null when that person has left. */
  userId: string | null;
  role: Role;
  /** What an API key may do; a user may do what the role says. */
  scopes: readonly string[] | null;
  /** Reads and writes inside the organization, as far as the caller may. */
  db(): Promise<Client>;
  /** The functions that the server alone may call, inside the organization: after `allow`. */
  functions(): Promise<Client>;
}

const apiKeySchema = z.object({
  organization_id: z.string(),
  scopes: z.array(z.string()),
  user_id: z.string().nullable(),
  role: z.enum(['owner', 'recruiter', 'viewer']).nullable(),
});
const claimsSchema = z.object({ sub: z.uuid() });
const membershipsSchema = z.array(
  z.object({ organization_id: z.string(), role: z.enum(['owner', 'recruiter', 'viewer']) }),
);

const unauthorized = () =>
  new Problem('unauthorized', 'Sign in, or send an API key or access token as Authorization: Bearer ….');

/** The hash under which an API key is kept. */
export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** The bearer token of a request, null when it has none. Throws a Problem when the header is of another kind. */
export function bearerToken(request: Request): string | null {
  const header = request.headers.get('authorization');
  if (header === null) return null;
  const token = /^Bearer +(\S+)$/i.exec(header.trim())?.[1];
  if (!token) throw unauthorized();
  return token;
}

async function fromApiKey(key: string): Promise<Caller> {
  const { data, error } = await serverRpc('resolve_api_key', { p_key_hash: hashApiKey(key) });
  if (error) throw new Problem('unavailable', 'The API key could not be checked.');
  if (data === null) throw new Problem('unauthorized', 'This API key is not known, or was revoked.');
  const found = apiKeySchema.parse(data);
  const open = () => scoped(found.organization_id);
  return {
    organizationId: found.organization_id,
    userId: found.user_id,
    role: found.role ?? 'recruiter',
    scopes: found.scopes,
    db: open,
    functions: open,
  };
}

/** The claims as they are written: the database verifies the token with the query that follows. */
function readClaims(token: string): z.infer<typeof claimsSchema> | null {
  try {
    return claimsSchema.parse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()));
  } catch {
    return null;
  }
}

async function fromAccessToken(token: string, wanted: string | null): Promise<Caller> {
  const claims = readClaims(token);
  if (!claims) throw unauthorized();
  const client = await userClient(token);
  const { data, error, status } = await client
    .from('memberships')
    .select('organization_id, role')
    .eq('user_id', claims.sub)
    .order('created_at');
  if (error)
    throw status >= 500 || status === 0
      ? new Problem('unavailable', 'The session could not be checked.')
      : unauthorized();
  const memberships = membershipsSchema.parse(data);
  const membership = wanted ? memberships.find((one) => one.organization_id === wanted) : memberships[0];
  if (!membership)
    throw new Problem(
      'forbidden',
      wanted ? 'You do not belong to this organization.' : 'You do not belong to an organization yet.',
    );
  return {
    organizationId: membership.organization_id,
    userId: claims.sub,
    role: membership.role,
    scopes: null,
    db: () => scoped(membership.organization_id, token),
    functions: () => scoped(membership.organization_id),
  };
}

/**
 * Finds out who calls, from the Authorization header or else the session cookie. A user of several organizations names
 * one in `X-Organization-Id`, else acts for the first. Throws a Problem: unauthorized, forbidden, unavailable.
 */
export async function identify(request: Request): Promise<Caller> {
  const token = bearerToken(request);
  if (token?.startsWith(API_KEY_PREFIX)) return fromApiKey(token);
  const wanted = request.headers.get('x-organization-id');
  if (token) return fromAccessToken(token, wanted);
  const { data } = await (await serverClient()).auth.getSession();
  if (!data.session) throw unauthorized();
  return fromAccessToken(data.session.access_token, wanted);
}

/** Throws a Problem (forbidden) when the caller may not do what the route does. */
export function allow(caller: Caller, access: Access): void {
  if (caller.scopes) {
    const enough =
      caller.scopes.includes('manage') || (access === 'publish' && caller.scopes.includes('publish'));
    if (!enough)
      throw new Problem(
        'forbidden',
        'This API key may only publish events; this call takes one that may manage.',
      );
  } else if (access !== 'read' && caller.role === 'viewer') {
    throw new Problem('forbidden', 'Viewers can look, but not change anything.');
  }
}
