const SECONDS = /^\d+$/;
/** The three forms of a date in RFC 9110, 5.6.7; the last one, asctime, names no zone and means UTC. */
const HTTP_DATE = /^[A-Z][a-z]{2,8},? .*\d{2}:\d{2}:\d{2} (GMT|\d{4})$/;

/**
 * Reads a `Retry-After` header (RFC 9110, 10.2.3): seconds, or an HTTP date. Answers the wait in ms
 * from `now`; 0 for a date that has passed and for anything that is neither.
 */
export function retryAfterMs(header: string, now: Date): number {
  const value = header.trim();
  if (SECONDS.test(value)) return Number(value) * 1000;
  if (!HTTP_DATE.test(value)) return 0;
  const at = Date.parse(value.endsWith('GMT') ? value : `${value} GMT`);
  return Number.isNaN(at) ? 0 : Math.max(0, at - now.getTime());
}
