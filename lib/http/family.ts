/** How a route family speaks: its shape of an error. Data and pure functions; the wrapper does the rest. */
import type { Problem, ProblemCode } from '@/lib/webhooks/errors';

export interface Family {
  readonly name: string;
  /** The body of an error answer. */
  error(problem: Problem): unknown;
  /** Statuses that differ from the usual ones. */
  readonly status?: Partial<Record<ProblemCode, number>>;
}

export const STATUS: Record<ProblemCode, number> = {
  validation_failed: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  idempotency_conflict: 409,
  too_large: 413,
  rate_limited: 429,
  unavailable: 503,
};

/** The bpoc family, and everything that has no family of its own: publishing, the dashboard's verbs, the cron. */
export const recruiter: Family = {
  name: 'recruiter',
  error: (problem) => ({
    success: false,
    error: problem.message,
    code: problem.code,
    ...(problem.fields && { fields: problem.fields }),
  }),
};
