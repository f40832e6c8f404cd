/**
 * The local backend: Supabase's own Docker-free implementation on PGlite, or on a PostgreSQL of one's
 * own. Everything in this folder runs outside Next's bundles, under Node's type stripping: in a worker
 * thread, in scripts, in tests. Hence the relative imports with their `.ts`.
 */

/** What the local backend signs and checks with, and how the demo workspace is entered. */
export type Keys = {
  publishableKey: string;
  secretKey: string;
  jwtSecret: string;
  cronSecret: string;
  demoPassword: string;
  demoApiKey: string;
};

export type EmbeddedOptions = {
  /** The folder of the PGlite database, its lock and its keys (PGlite only). */
  directory: string;
  /** The folder of the SQL migrations. */
  migrations: string;
  /** A PostgreSQL to use instead of PGlite. */
  databaseUrl?: string | undefined;
  /** Keys that the operator chose; the rest is generated at random and kept. */
  keys?: { [K in keyof Keys]?: string | undefined } | undefined;
  /** Whether anybody may make an account. Default: yes. */
  signUp?: boolean | undefined;
  /** How often dead rows are cleared, in milliseconds (PGlite has no autovacuum). Default: ten minutes. */
  vacuumEveryMs?: number | undefined;
};

/** A call of a function: its arguments by name, as JSON has them; what is not given has its default. */
export type Call = { name: string; values: Readonly<Record<string, unknown>> };

/** The function's answer as JSON, or what the database said instead, as PostgREST would put it. */
export type CallAnswer = { ok: true; json: string } | { ok: false; code: string; message: string };

/** An opened local backend. */
export type Embedded = {
  keys: Keys;
  /** Calls a function that the server alone may call. Never rejects for what the database refuses. */
  call(call: Call): Promise<CallAnswer>;
  /** Answers a request for `/rest/v1/…` or `/auth/v1/…`. */
  handle(request: Request): Promise<Response>;
  close(): Promise<void>;
};

/** The few things that both kinds of database are asked directly, past the API. */
export type Database = {
  /** Runs one or more statements. */
  exec(sql: string): Promise<void>;
  query(sql: string, values?: readonly string[]): Promise<Record<string, unknown>[]>;
};
