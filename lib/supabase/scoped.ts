import 'server-only';
import { backend } from './backend';
import { type Client, sessionless } from './client';

/** Tables whose tenant is not in a column `organization_id`. */
const TENANT_COLUMN: Record<string, string> = { organizations: 'id' };

function withTenant(body: string, key: string, organizationId: string): string {
  const value: unknown = JSON.parse(body || '{}');
  const add = (row: unknown) => ({ ...(typeof row === 'object' ? row : {}), [key]: organizationId });
  return JSON.stringify(Array.isArray(value) ? value.map(add) : add(value));
}

/** Puts the organization into every call: as a filter of a table's rows, in new rows, and as a function's argument. */
function within(organizationId: string, send: typeof fetch): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const [, name = '', rpc] = /^\/rest\/v1\/([^/]+)(?:\/([^/]+))?$/.exec(url.pathname) ?? [];
    if (!name) throw new Error(`Only tables and functions can be scoped, not ${url.pathname}.`);
    const hasBody = request.method !== 'GET' && request.method !== 'HEAD' && request.method !== 'DELETE';
    let body = hasBody ? await request.text() : undefined;
    if (name === 'rpc' && rpc) {
      body = withTenant(body ?? '{}', 'p_organization_id', organizationId);
    } else {
      const column = TENANT_COLUMN[name] ?? 'organization_id';
      if (request.method === 'POST') body = withTenant(body ?? '{}', column, organizationId);
      else url.searchParams.append(column, `eq.${organizationId}`);
    }
    return send(url, { method: request.method, headers: request.headers, body, signal: request.signal });
  };
}

/**
 * The door through which everything of one organization is read and written. With a user's token row level security
 * applies as well; without one it is the service role, which only this door keeps inside the organization. Calls that
 * are neither a table nor a function of the Data API are refused.
 */
export async function scoped(organizationId: string, accessToken?: string): Promise<Client> {
  const current = await backend();
  const key = accessToken === undefined ? current.secretKey : current.publishableKey;
  return sessionless({ ...current, fetch: within(organizationId, current.fetch ?? fetch) }, key, accessToken);
}
