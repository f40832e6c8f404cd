import { inspect } from 'node:util';

type Faulty = { code: string; message: string; detail?: unknown; hint?: unknown; severity?: unknown };

/** SQLSTATEs that the library itself turns into the status that PostgREST would give. */
const HANDLED = /^(PT\w{3}|PGRST|42\w{3}|22\w{3}|21\w{3}|23502|23503|23505|25006)$/;
/** No SQLSTATE: the database was not reached, or hung up. */
const UNREACHABLE = /^(CONNECTION_\w+|CONNECT_TIMEOUT|E[A-Z]{3,})$/;

/**
 * An error of the database that prints as its code alone. Its message and detail may hold what somebody
 * sent (a payload, a secret), and the library logs whatever error it answers.
 */
class DatabaseError extends Error {
  override name = 'DatabaseError';
  readonly code: string;
  readonly detail: unknown;
  readonly hint: unknown;
  readonly sqlState: string;

  constructor(sqlState: string, { code, message, detail, hint }: Faulty) {
    super(message);
    this.sqlState = sqlState;
    this.code = code;
    this.detail = detail;
    this.hint = hint;
    this.stack = `${this.name}: ${sqlState}`;
  }

  [inspect.custom](): string {
    return `DatabaseError: ${this.sqlState}`;
  }
}

function isFaulty(error: unknown): error is Faulty {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^\w{5}$|_|^E/.test(error.code)
  );
}

/** The database was not reached, or hung up: whether it did what was asked nobody can say. */
export const UNREACHED = { code: '08006', message: 'The database cannot be reached' };

/** The HTTP status of a SQLSTATE, as PostgREST has it. */
export function statusOf(sqlState: string): number {
  const chosen = /^PT(\d{3})$/.exec(sqlState)?.[1];
  if (chosen) return Number(chosen);
  if (/^(08|53|57P0)/.test(sqlState)) return 503;
  if (/^(0L|0P|28)/.test(sqlState)) return 403;
  if (sqlState === 'P0001') return 400;
  return /^(09|25|2D|38|39|3B|40|54|55|57|58|F0|HV|P0|XX)/.test(sqlState) ? 500 : 400;
}

function answering(status: number, sqlState: string, message: string, error: Faulty): DatabaseError {
  const body = { code: sqlState, message, details: error.detail ?? null, hint: error.hint ?? null };
  return new DatabaseError(sqlState, {
    code: 'PGRST',
    message: JSON.stringify(body),
    detail: JSON.stringify({ status, headers: {} }),
  });
}

/**
 * Turns an error of the driver into one that the library answers with the right status (it would make a
 * 500 of `raise exception` and of a check constraint), and that is safe to log.
 */
export function normalizeDbError(error: unknown): unknown {
  if (!isFaulty(error)) return error;
  const { code } = error;
  if (UNREACHABLE.test(code))
    return answering(503, 'PGRST001', 'The database cannot be reached', { code, message: '' });
  if (HANDLED.test(code)) return new DatabaseError(code, error);
  return answering(statusOf(code), code, error.message, error);
}

/** What PostgREST would say of an error of the driver; rethrows what is no error of the database. */
export function refusal(error: unknown): { code: string; message: string } {
  if (!isFaulty(error)) throw error;
  const { code, message } = error;
  return UNREACHABLE.test(code) ? UNREACHED : { code, message };
}
