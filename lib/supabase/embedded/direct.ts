/**
 * The server's own function calls, straight to the database: what the Data API would do with them in several statements
 * and two conversions of JSON is one prepared statement here, whose arguments and answer pass through as text. Only for
 * `security definer` functions that the service role alone may execute.
 */
import type { Driver } from './drivers.ts';
import { refusal, statusOf } from './errors.ts';
import type { Call, CallAnswer } from './types.ts';

/** PostgREST's code for a function that there is not. */
const UNKNOWN = 'PGRST202';

/** Types whose values can be written as text and cast, in and out; and lists of them, in. */
const PLAIN = [
  'uuid',
  'text',
  'smallint',
  'integer',
  'bigint',
  'boolean',
  'jsonb',
  'json',
  'timestamp with time zone',
];
const TAKEN = [...PLAIN, ...PLAIN.map((type) => `${type}[]`)];

const FUNCTIONS = `
  select p.proname as name, format_type(p.prorettype, null) as answer,
    coalesce(array_to_json(p.proargnames), '[]')::text as arguments,
    (select coalesce(json_agg(format_type(t, null) order by n), '[]')::text
      from unnest(p.proargtypes) with ordinality as a (t, n)) as types
  from pg_proc p
  where p.pronamespace = 'public'::regnamespace and not p.proretset and p.prosecdef
    and format_type(p.prorettype, null) in (${[...PLAIN, 'void'].map((type) => `'${type}'`).join(', ')})
    and has_function_privilege('service_role', p.oid, 'execute')
    and not has_function_privilege('authenticated', p.oid, 'execute')
    and not has_function_privilege('anon', p.oid, 'execute')`;

interface Signature {
  readonly answer: string;
  readonly types: ReadonlyMap<string, string>;
}

function parseList(value: unknown): string[] {
  const list: unknown = JSON.parse(String(value));
  return Array.isArray(list) ? list.map(String) : [];
}

async function readSignatures(driver: Pick<Driver, 'run'>): Promise<Map<string, Signature>> {
  const signatures = new Map<string, Signature>();
  for (const row of await driver.run(FUNCTIONS, [])) {
    const types = parseList(row.types);
    const names = parseList(row.arguments).slice(0, types.length);
    if (types.some((type) => !TAKEN.includes(type))) continue;
    signatures.set(String(row.name), {
      answer: String(row.answer),
      types: new Map(names.map((name, n) => [name, types[n] ?? 'text'])),
    });
  }
  return signatures;
}

/** What may stand in a list without quotes, whatever its type. */
const BARE = /^(?!null$)[\w.:+-]+$/i;

/** A list as PostgreSQL reads it (its documentation, 8.15.2, "Array Value Input"). */
function listToText(values: readonly unknown[]): string {
  const texts = values.map((value) => {
    if (value === null || value === undefined) return 'NULL';
    if (typeof value !== 'string') return String(value);
    return BARE.test(value) ? value : `"${value.replaceAll(/[\\"]/g, '\\$&')}"`;
  });
  return `{${texts.join(',')}}`;
}

/** A value as an argument of this type takes it. */
function toText(value: unknown, type: string | undefined): string | null {
  if (value === null) return null;
  if (Array.isArray(value) && type?.endsWith('[]')) return listToText(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A call as a statement, the same text each time, so that the driver prepares it once; null where it cannot be made. */
function statementOf({ name, values }: Call, signature: Signature | undefined) {
  const given = Object.entries(values);
  if (!signature || given.some(([argument]) => !signature.types.has(argument))) return null;
  const { types } = signature;
  const call = given.map(([argument], n) => `${argument} => $${n + 1}::text::${types.get(argument)}`);
  const answer = `public.${name}(${call.join(', ')})`;
  return {
    text: /^jsonb?$/.test(signature.answer)
      ? `select ${answer}::text as answer`
      : `select to_jsonb(${answer})::text as answer`,
    values: given.map(([argument, value]) => toText(value, types.get(argument))),
  };
}

/**
 * Answers a function that makes such calls. Reads the functions that there are once.
 * @throws what the driver says when they cannot be read
 */
export async function directCalls(driver: Pick<Driver, 'run'>): Promise<(call: Call) => Promise<CallAnswer>> {
  const signatures = await readSignatures(driver);

  return async (call) => {
    const statement = statementOf(call, signatures.get(call.name));
    if (statement === null)
      return { ok: false, code: UNKNOWN, message: `Could not find the function public.${call.name}` };
    try {
      const [row] = await driver.run(statement.text, statement.values);
      return { ok: true, json: String(row?.answer ?? 'null') };
    } catch (error) {
      return { ok: false, ...refusal(error) };
    }
  };
}

/** The call that a request to the Data API makes with the server's own key; null for any other request. */
async function callOf(request: Request, secretKey: string): Promise<Call | null> {
  const name = /\/rest\/v1\/rpc\/(\w+)$/.exec(request.url)?.[1];
  if (name === undefined || request.method !== 'POST') return null;
  if (request.headers.get('apikey') !== secretKey) return null;
  if (request.headers.get('authorization') !== `Bearer ${secretKey}`) return null;
  const given: unknown = await request.clone().json();
  if (typeof given !== 'object' || given === null) return null;
  return { name, values: { ...given } };
}

/**
 * Answers such a call that came as a request, or null where the Data API has to: it is another's, or of a function that
 * others may call too. On PostgreSQL it could not answer itself: the library (0.10.0) sends JSON arguments twice encoded.
 */
export async function answerDirectly(
  request: Request,
  secretKey: string,
  run: (call: Call) => Promise<CallAnswer>,
): Promise<Response | null> {
  const call = await callOf(request, secretKey);
  const answer = call && (await run(call));
  if (!answer || (!answer.ok && answer.code === UNKNOWN)) return null;
  if (answer.ok) return new Response(answer.json, { headers: { 'content-type': 'application/json' } });
  const { code, message } = answer;
  return Response.json({ code, message, details: null, hint: null }, { status: statusOf(code) });
}
