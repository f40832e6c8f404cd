/**
 * The server's own function calls, straight to the database: what the Data API would do with them in several statements
 * and two conversions of JSON is one prepared statement here, whose answer passes through as text. Only for `security
 * definer` functions that the service role alone may execute, with its key; everything else goes through the Data API.
 */
import type { Driver } from './drivers.ts';
import { errorResponse } from './errors.ts';

/** Types whose values can be written as text and cast, in and out. */
const PLAIN = ['uuid', 'text', 'integer', 'bigint', 'boolean', 'jsonb', 'timestamp with time zone'];

const FUNCTIONS = `
  select p.proname as name,
    coalesce(array_to_json(p.proargnames), '[]')::text as arguments,
    (select coalesce(json_agg(format_type(t, null) order by n), '[]')::text
      from unnest(p.proargtypes) with ordinality as a (t, n)) as types
  from pg_proc p
  where p.pronamespace = 'public'::regnamespace and not p.proretset and p.prosecdef
    and format_type(p.prorettype, null) in (${PLAIN.map((type) => `'${type}'`).join(', ')})
    and has_function_privilege('service_role', p.oid, 'execute')
    and not has_function_privilege('authenticated', p.oid, 'execute')
    and not has_function_privilege('anon', p.oid, 'execute')`;

type Signature = ReadonlyMap<string, string>;

function parseList(value: unknown): string[] {
  const list: unknown = JSON.parse(String(value));
  return Array.isArray(list) ? list.map(String) : [];
}

async function readSignatures(driver: Driver): Promise<Map<string, Signature>> {
  const signatures = new Map<string, Signature>();
  for (const row of await driver.run(FUNCTIONS, [])) {
    const types = parseList(row.types);
    const names = parseList(row.arguments).slice(0, types.length);
    if (types.some((type) => !PLAIN.includes(type))) continue;
    signatures.set(String(row.name), new Map(names.map((name, n) => [name, types[n] ?? 'text'])));
  }
  return signatures;
}

function asText(value: unknown, type: string): string | null {
  if (value === null) return null;
  return type === 'jsonb' ? JSON.stringify(value) : String(value);
}

/**
 * Answers a function that makes such a call, or answers null for a request that is another's. Reads the functions once.
 * @throws what the driver says when the functions cannot be read
 */
export async function directCalls(
  driver: Driver,
  secretKey: string,
): Promise<(request: Request) => Promise<Response | null>> {
  const signatures = await readSignatures(driver);

  return async (request) => {
    const name = /\/rest\/v1\/rpc\/(\w+)$/.exec(request.url)?.[1];
    const signature = name === undefined ? undefined : signatures.get(name);
    if (!signature || request.method !== 'POST') return null;
    if (request.headers.get('apikey') !== secretKey) return null;
    if (request.headers.get('authorization') !== `Bearer ${secretKey}`) return null;

    const given: unknown = await request.clone().json();
    if (typeof given !== 'object' || given === null) return null;
    const entries = Object.entries(given);
    if (entries.some(([argument]) => !signature.has(argument))) return null;

    const values = entries.map(([argument, value]) => asText(value, signature.get(argument) ?? 'text'));
    const call = entries.map(([argument], n) => `${argument} => $${n + 1}::text::${signature.get(argument)}`);
    try {
      const [row] = await driver.run(
        `select to_jsonb(public.${name}(${call.join(', ')}))::text as answer`,
        values,
      );
      const answer = row?.answer ?? 'null';
      return new Response(String(answer), { headers: { 'content-type': 'application/json' } });
    } catch (error) {
      return errorResponse(error);
    }
  };
}
