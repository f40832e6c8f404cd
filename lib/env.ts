/**
 * The only reader of the environment. Parsed on first use, so that importing this file costs nothing
 * and a build needs no secrets.
 */
import { z } from 'zod';

const header = z.string().regex(/^[\x21-\x7e]+$/, 'has characters that an HTTP header cannot carry');
const flag = z.enum(['0', '1', 'true', 'false']).transform((value) => value === '1' || value === 'true');
const key32 = z
  .string()
  .regex(/^([0-9a-fA-F]{64}|[A-Za-z0-9+/_-]{43}=?)$/, 'is not 32 bytes as base64 or as 64 hex digits');

/** Each description says what the variable is for; it is printed when the value will not do. */
const schema = z.object({
  NODE_ENV: z.string().default('production').describe('development or production'),
  NEXT_PHASE: z.string().optional().describe('set by Next.js'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000).describe('the port to listen on'),
  HOST: z.string().optional().describe('the address to listen on'),
  HIREHOOK_DIR: z.string().default('.hirehook').describe('the folder of the local database and keys'),
  HIREHOOK_MIGRATIONS: z.string().default('supabase/migrations').describe('the folder of the migrations'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'is not a postgres:// URL' })
    .optional()
    .describe('a PostgreSQL of your own, instead of the embedded one'),
  SUPABASE_URL: z
    .url({ protocol: /^https?$/, error: 'is not an http(s) URL' })
    .optional()
    .describe('the hosted Supabase project'),
  SUPABASE_PUBLISHABLE_KEY: header.optional().describe('the key of the API that browsers may know'),
  SUPABASE_SECRET_KEY: header.optional().describe('the key of the server, past row level security'),
  SUPABASE_JWT_SECRET: header
    .min(32, 'is shorter than 32 characters')
    .optional()
    .describe("signs users' tokens where DATABASE_URL is used"),
  CRON_SECRET: header.optional().describe('lets the cron call /api/cron/webhook-retries'),
  HIREHOOK_ALLOW_PRIVATE_TARGETS: flag.optional().describe('lets webhooks go to private addresses'),
  HIREHOOK_SIGNUP: z.enum(['open', 'closed']).optional().describe('whether anybody may make an account'),
  HIREHOOK_ENCRYPTION_KEY: key32.optional().describe("encrypts webhooks' secrets in the database"),
  HIREHOOK_RETENTION_DAYS: z.coerce
    .number()
    .int()
    .min(7)
    .max(3650)
    .default(90)
    .describe('how long events, deliveries and attempts are kept'),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'is not an smtp:// or smtps:// URL' })
    .optional()
    .describe('sends alerts by email'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('how much is logged'),
  VERCEL: z.string().optional().describe('set by Vercel'),
});

export type Env = Readonly<z.output<typeof schema>>;
type Name = keyof Env;
type Source = Record<string, string | undefined>;

/** Further names under which a variable is known; the first that is set counts. */
const ALIASES: Partial<Record<Name, readonly string[]>> = {
  SUPABASE_URL: ['NEXT_PUBLIC_SUPABASE_URL'],
  SUPABASE_PUBLISHABLE_KEY: [
    'NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY',
    'SUPABASE_ANON_KEY',
    'NEXT_PUBLIC_SUPABASE_ANON_KEY',
  ],
  SUPABASE_SECRET_KEY: ['SUPABASE_SERVICE_ROLE_KEY'],
};

/** The environment will not do: the message names each variable, what is wrong, and what it is for. */
export class EnvError extends Error {
  override name = 'EnvError';
}

const NAMES = schema.keyof().options;

function isName(value: PropertyKey | undefined): value is Name {
  return NAMES.some((name) => name === value);
}

function spelled(variable: Name, source: Source): string {
  return [variable, ...(ALIASES[variable] ?? [])].find((name) => source[name]?.trim()) ?? variable;
}

function complaint(variable: Name, name: string, message: string): string {
  return `  ${name} (${schema.shape[variable].description}): ${message}`;
}

/**
 * Reads and checks a set of variables. An empty value counts as unset.
 * @throws EnvError that names every variable that is missing or malformed, and what it is for
 */
export function parseEnv(source: Source): Env {
  const given = Object.fromEntries(
    NAMES.map((variable) => [variable, source[spelled(variable, source)]?.trim() || undefined]),
  );
  const parsed = schema.safeParse(given);
  const complaints = parsed.success
    ? missing(parsed.data)
    : parsed.error.issues.map(({ path: [variable], message }) =>
        isName(variable) ? complaint(variable, spelled(variable, source), message) : `  ${message}`,
      );
  if (parsed.success && complaints.length === 0) return parsed.data;
  throw new EnvError(`The environment will not do:\n${complaints.join('\n')}`);
}

function missing(env: Env): string[] {
  if (!env.SUPABASE_URL) return [];
  const needed: Name[] = ['SUPABASE_PUBLISHABLE_KEY', 'SUPABASE_SECRET_KEY', 'CRON_SECRET'];
  return needed
    .filter((name) => env[name] === undefined)
    .map((name) => complaint(name, name, 'is missing, and SUPABASE_URL needs it'));
}

let cached: Env | undefined;

/** The environment of this process, checked once. @throws EnvError as `parseEnv` */
export function env(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}

/** Whether Next.js is building: no database may be opened then. */
export function isBuilding(): boolean {
  return env().NEXT_PHASE === 'phase-production-build';
}
