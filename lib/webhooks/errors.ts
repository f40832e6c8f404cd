/** What can go wrong for a caller, in words; turned into HTTP once, at the edge. */
export type ProblemCode =
  | 'validation_failed'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'method_not_allowed'
  | 'conflict'
  | 'idempotency_conflict'
  | 'too_large'
  | 'rate_limited'
  | 'unavailable';

/** Messages per field, keyed by path: `url`, `events.0`, `data.jobTitle`. */
export type Fields = Record<string, string[]>;

export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly code: ProblemCode,
    message: string,
    readonly fields?: Fields,
    /** Seconds after which the call may be repeated. */
    readonly retryAfter?: number,
  ) {
    super(message);
  }
}
