import { Problem } from '@/lib/webhooks/errors';

/**
 * A browser sends a session cookie along whoever's page makes the request: what writes by cookie must come from our own
 * origin, as JSON (which no foreign form can send). Throws a Problem (forbidden).
 */
export function requireOwnOrigin(request: Request): void {
  const refuse = () => {
    throw new Problem('forbidden', 'A request that changes something must come from the dashboard itself.');
  };
  const origin = request.headers.get('origin');
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
  if (origin !== null && (!URL.canParse(origin) || new URL(origin).host !== host)) refuse();
  const site = request.headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin' && site !== 'none') refuse();
  const type = request.headers.get('content-type');
  const hasBody =
    Number(request.headers.get('content-length') ?? 0) > 0 || request.headers.has('transfer-encoding');
  if (hasBody && !/^application\/json\s*(;|$)/i.test(type ?? ''))
    throw new Problem('validation_failed', 'Send the body as Content-Type: application/json.');
}
