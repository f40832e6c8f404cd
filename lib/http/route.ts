/**
 * The wrapper of every API route: who calls, may they, is the input well-formed; then the verb; then JSON. What goes
 * wrong becomes HTTP here, once, in the family's shape.
 */
import 'server-only';
import { z } from 'zod';
import { type Access, allow, bearerToken, type Caller, identify } from '@/lib/accounts/caller';
import { log } from '@/lib/log';
import { DatabaseError } from '@/lib/webhooks/database';
import { Problem } from '@/lib/webhooks/errors';
import { check, readJson } from './body';
import { type Family, STATUS } from './family';
import { requireOwnOrigin } from './origin';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
type Method = (typeof METHODS)[number];
type Handler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>;

/** For what a route does not take. */
export const nothing = z.unknown().transform((): undefined => undefined);
const unread: z.ZodType = nothing;

/** The id in a path. */
export const idParams = z.object({ id: z.uuid() });

interface Spec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  access: Access;
  params: P;
  query: Q;
  body: B;
  /** The status of a success. */
  status?: number;
}

interface Input<P, Q, B> {
  caller: Caller;
  params: P;
  query: Q;
  body: B;
  request: Request;
}

/** Turns whatever was thrown into the family's answer. What is not a Problem is logged and told as 503 or 500. */
export function toResponse(family: Family, error: unknown): Response {
  if (error instanceof Problem) {
    const headers = new Headers();
    if (error.code === 'unauthorized') headers.set('www-authenticate', 'Bearer');
    if (error.retryAfter !== undefined) headers.set('retry-after', String(error.retryAfter));
    return Response.json(family.error(error), {
      status: family.status?.[error.code] ?? STATUS[error.code],
      headers,
    });
  }
  log.error({ error: error instanceof Error ? error.stack : String(error) }, 'request failed');
  const problem =
    error instanceof DatabaseError
      ? new Problem('unavailable', 'The database did not answer. Try again shortly.')
      : new Problem('unavailable', 'Something went wrong on our side. Try again shortly.');
  return Response.json(family.error(problem), { status: error instanceof DatabaseError ? 503 : 500 });
}

/** An identifier that cannot be one is an identifier that does not exist: throws a Problem (not_found). */
export function checkParams<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Problem('not_found', 'There is nothing here.');
  return parsed.data;
}

/** Makes one method of a route. The verb answers what becomes the JSON body; undefined with status 204 is no body. */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  spec: Spec<P, Q, B>,
  verb: (input: Input<z.output<P>, z.output<Q>, z.output<B>>) => Promise<unknown>,
) {
  return (family: Family): Handler =>
    async (request, context) => {
      try {
        const caller = await identify(request);
        const reads = request.method === 'GET' || request.method === 'HEAD';
        if (!reads && bearerToken(request) === null) requireOwnOrigin(request);
        allow(caller, spec.access);
        const answer = await verb({
          caller,
          request,
          params: checkParams(spec.params, await context.params),
          query: check(spec.query, Object.fromEntries(new URL(request.url).searchParams)),
          body: check(spec.body, spec.body === unread ? undefined : await readJson(request)),
        });
        const status = spec.status ?? 200;
        return answer === undefined ? new Response(null, { status }) : Response.json(answer, { status });
      } catch (error) {
        return toResponse(family, error);
      }
    };
}

/** The methods of a route file; the others answer 405 in the family's shape. */
export function methods(
  family: Family,
  made: Partial<Record<Method, (family: Family) => Handler>>,
): Record<Method, Handler> {
  const allowed = METHODS.filter((method) => made[method]).join(', ');
  const refuse: Handler = async (request) => {
    const response = toResponse(
      family,
      new Problem('method_not_allowed', `${request.method} is not possible here, only ${allowed}.`),
    );
    response.headers.set('allow', allowed);
    return response;
  };
  const pick = (method: Method) => made[method]?.(family) ?? refuse;
  return {
    GET: pick('GET'),
    POST: pick('POST'),
    PUT: pick('PUT'),
    PATCH: pick('PATCH'),
    DELETE: pick('DELETE'),
  };
}
