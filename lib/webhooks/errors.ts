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

/** One sentence that names the first field and what is wrong with it. */
export function sentenceOf(fields: Fields): string {
  const [entry] = Object.entries(fields);
  if (!entry) return 'The request is not valid.';
  const [field, messages] = entry;
  const message = messages[0] ?? 'is not valid';
  const words = field === '' ? message : `${field}: ${message}`;
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
