/** The publish routes: one event, or many of which each is answered by itself. */
import 'server-only';
import { z } from 'zod';
import { engine } from '@/lib/webhooks/engine';
import { Problem } from '@/lib/webhooks/errors';
import {
  type EventInput,
  eventInputSchema,
  MAX_BATCH,
  type PublishedEvent,
  type Publisher,
} from '@/lib/webhooks/publish';
import { check, readJson } from './body';
import { recruiter } from './family';
import { toResponse } from './route';

type FindPublisher = (request: Request) => Promise<Publisher>;

const batchSchema = z.strictObject({
  events: z
    .array(z.unknown())
    .min(1, { error: 'Send at least one event.' })
    .max(MAX_BATCH, { error: `A batch may hold at most ${MAX_BATCH} events.` }),
});

function errorOf(problem: Problem) {
  return { message: problem.message, code: problem.code, ...(problem.fields && { fields: problem.fields }) };
}

/** POST /api/v1/events: 202 with the event, or its Problem. */
export async function acceptEvent(request: Request, find: FindPublisher): Promise<Response> {
  try {
    const publisher = await find(request);
    const input = check(eventInputSchema, await readJson(request));
    const idempotencyKey = request.headers.get('idempotency-key') ?? input.idempotencyKey;
    const [result] = await engine().publish(publisher, [
      check(eventInputSchema, { ...input, idempotencyKey }),
    ]);
    if (result instanceof Problem || !result)
      throw result ?? new Problem('unavailable', 'Nothing was stored.');
    return Response.json(result, { status: 202 });
  } catch (error) {
    return toResponse(recruiter, error);
  }
}

/** POST /api/v1/events/batch: 202 with a result for each event, in order. */
export async function acceptBatch(request: Request, find: FindPublisher): Promise<Response> {
  try {
    const publisher = await find(request);
    const { events } = check(batchSchema, await readJson(request));
    const inputs = events.map((event): EventInput | Problem => {
      try {
        return check(eventInputSchema, event);
      } catch (error) {
        if (error instanceof Problem) return error;
        throw error;
      }
    });
    const good = inputs.filter((input): input is EventInput => !(input instanceof Problem));
    const published = (await engine().publish(publisher, good)).values();
    const results: (PublishedEvent | Problem)[] = inputs.map((input) =>
      input instanceof Problem
        ? input
        : (published.next().value ?? new Problem('unavailable', 'The event was not stored.')),
    );
    // A key that may not publish at all is the request's fault, not each event's.
    const refusal = results.find(
      (one) => one instanceof Problem && (one.code === 'unauthorized' || one.code === 'forbidden'),
    );
    if (refusal) throw refusal;
    return Response.json(
      { results: results.map((one) => (one instanceof Problem ? { error: errorOf(one) } : one)) },
      { status: 202 },
    );
  } catch (error) {
    return toResponse(recruiter, error);
  }
}
