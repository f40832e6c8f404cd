/** Event in: validate against the catalogue, then one call that stores the events, matches them and leases deliveries. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { findEvent } from '@/lib/catalogue';
import { identifiers } from '@/lib/catalogue/identifiers';
import { parseEventData } from '@/lib/catalogue/parse';
import { storableText } from '@/lib/shapes/text';
import { coalesce } from './coalesce';
import { DatabaseError, type EngineDatabase } from './database';
import type { Dispatcher } from './dispatch';
import { Problem, sentenceOf } from './errors';
import { subscriptionKeys } from './match';
import type { Clock, EventRow, LeasedDelivery, PublishAnswer } from './types';

/** An event's `data` may be this large as JSON, in bytes. */
export const MAX_EVENT_BYTES = 256 * 1024;
/** Events in one batch. */
export const MAX_BATCH = 1000;

/** A time that PostgreSQL and ISO 8601 both write with a year of four digits. */
const inYears1To9999 = (time: string) => {
  const at = new Date(time);
  return Number.isNaN(at.getTime()) || /^(?!0000)\d{4}-/.test(at.toISOString());
};

/** An event as a platform publishes it. */
export const eventInputSchema = z.strictObject({
  type: z.string().min(1).max(200),
  data: z.unknown(),
  userId: storableText.min(1).max(200).nullish(),
  occurredAt: z.iso
    .datetime({ offset: true, error: 'must be an ISO 8601 time with a zone' })
    .refine(inYears1To9999, { error: 'must be in the years 1 to 9999' })
    .nullish(),
  idempotencyKey: storableText.min(1).max(255).nullish(),
});
export type EventInput = z.infer<typeof eventInputSchema>;

export interface PublishedEvent {
  id: string;
  type: string;
  /** How many webhooks it goes to. */
  deliveries: number;
  /** True when the idempotency key was used before: this is the first event's answer. */
  duplicate: boolean;
}

/** Who publishes: the hash of an API key, which the database checks, or an organization that was checked before. */
export type Publisher = { keyHash: string } | { organizationId: string };

const REFUSALS = {
  unauthorized: () => new Problem('unauthorized', 'This API key is not known, or was revoked.'),
  forbidden: () => new Problem('forbidden', 'This API key may not publish events.'),
  rate_limited: () =>
    new Problem('rate_limited', 'This API key has published its events for this minute.', undefined, 60),
  idempotency_conflict: () =>
    new Problem('idempotency_conflict', 'This idempotency key was used for an event with other content.'),
} as const;

/** The row of a checked event, or the Problem with it. */
function toRow(input: EventInput, publisher: Publisher, id: string, now: Date): EventRow | Problem {
  const parsed = parseEventData(input.type, input.data);
  if (!parsed.ok) {
    const fields: Record<string, string[]> = {};
    for (const { path, message } of parsed.issues) {
      // The type stands beside the data, everything else inside it.
      const field =
        path === 'type' && !findEvent(input.type) ? path : ['data', path].filter(Boolean).join('.');
      fields[field] = [...(fields[field] ?? []), message];
    }
    return new Problem('validation_failed', sentenceOf(fields), fields);
  }
  const data = JSON.stringify(parsed.data);
  if (Buffer.byteLength(data) > MAX_EVENT_BYTES)
    return new Problem('too_large', 'An event may hold at most 256 KiB of data.');
  const occurredAt = input.occurredAt ? new Date(input.occurredAt) : now;
  const about = identifiers(input.type, parsed.data);
  return {
    id,
    ...('keyHash' in publisher
      ? { key_hash: publisher.keyHash }
      : { organization_id: publisher.organizationId }),
    type: input.type,
    data,
    occurred_at: occurredAt.toISOString(),
    user_id: input.userId ?? null,
    candidate_id: about.candidateId,
    application_id: about.applicationId,
    job_id: about.jobId,
    ...(input.idempotencyKey != null && {
      idempotency_key: input.idempotencyKey,
      content_hash: createHash('sha256')
        .update(JSON.stringify([input.type, parsed.data, input.userId ?? null, input.occurredAt ?? null]))
        .digest('hex'),
    }),
  };
}

/** What the deliveries that a publish leased to this process need to be sent: the events are still in memory. */
function leasedOf(answer: PublishAnswer, rows: readonly EventRow[]): LeasedDelivery[] {
  const events = new Map(
    rows.map((row) => [
      row.id,
      { type: row.type, userId: row.user_id, occurredAt: row.occurred_at, data: row.data },
    ]),
  );
  const { token, webhooks } = answer;
  return Object.entries(answer.leased).flatMap(([webhookId, { ids, events: eventIds }]) =>
    ids.flatMap((id, n) => {
      const event = events.get(eventIds[n] ?? '');
      const target = webhooks[webhookId];
      if (!event || !target) return [];
      return [{ id, token, number: 1, webhookId, isTest: false, event, body: null, target }];
    }),
  );
}

/** Event type → the keys of which a webhook must have one; each once, however many events are of it. */
function keysOf(rows: readonly EventRow[]): Record<string, readonly string[]> {
  const keys: Record<string, readonly string[]> = {};
  for (const { type } of rows) keys[type] ??= subscriptionKeys(type);
  return keys;
}

export interface PublishOptions {
  database: Pick<EngineDatabase, 'publish' | 'maintain'>;
  dispatcher: Dispatcher;
  clock: Clock;
  /** A new UUIDv7. */
  newId(at: Date): string;
  /** Lets work go on after the response; called in the context of the request that published. */
  later(work: Promise<unknown>): void;
}

/** Where no sweep has run for weeks there is no partition for what happens now: then it is made, late but in time. */
async function withPartitions<T>(database: PublishOptions['database'], call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof DatabaseError) || !/no partition of relation/.test(error.message)) throw error;
    await database.maintain();
    return call();
  }
}

interface Stored {
  readonly id: string;
  readonly verdict: 'accepted' | PublishAnswer['exceptions'][number]['verdict'];
  readonly deliveries: number;
  /** Resolves when what was leased with it is recorded. */
  readonly sent: Promise<unknown>;
}

/** What became of each event. */
function storedOf(answer: PublishAnswer, rows: readonly EventRow[], sent: Promise<unknown>): Stored[] {
  const stored = rows.map(
    ({ id }, n): Stored => ({ id, verdict: 'accepted', deliveries: answer.deliveries[n] ?? 0, sent }),
  );
  for (const { at, verdict, id } of answer.exceptions) {
    const deliveries = answer.deliveries[at] ?? 0;
    stored[at] = { id, verdict, deliveries, sent };
  }
  return stored;
}

/**
 * Answers `publish(publisher, inputs)`: one result for each input, in order: what was published, or the Problem with
 * it; one bad event spoils no other. Throws a DatabaseError when nothing could be stored. When it resolves the events
 * are committed, and their first attempts are under way or due.
 */
export function createPublisher(options: PublishOptions) {
  const { database, dispatcher } = options;
  const store = coalesce<EventRow, Stored>({
    maxItems: 500,
    concurrency: 3,
    isTransient: (error) => error instanceof DatabaseError && error.transient,
    run: (rows) =>
      // Half of what is free, so that a call at the same time finds places too.
      dispatcher.withRoom(Math.ceil(dispatcher.free / 2), async (room) => {
        const answer = await withPartitions(database, () => database.publish(rows, keysOf(rows), room));
        const taken = dispatcher.take(leasedOf(answer, rows));
        const sent = answer.waiting > 0 ? Promise.all([taken, dispatcher.pump()]) : taken;
        return storedOf(answer, rows, sent);
      }),
  });

  return async (
    publisher: Publisher,
    inputs: readonly EventInput[],
  ): Promise<(PublishedEvent | Problem)[]> => {
    const now = options.clock.now();
    const rows = inputs.map((input) => toRow(input, publisher, options.newId(now), now));
    const stored = await store(rows.filter((row): row is EventRow => !(row instanceof Problem)));
    options.later(Promise.all(new Set(stored.map(({ sent }) => sent))));
    const answers = stored.values();
    return rows.map((row) => {
      if (row instanceof Problem) return row;
      const answer = answers.next().value;
      if (!answer) return new Problem('unavailable', 'The event was not stored.');
      if (answer.verdict !== 'accepted' && answer.verdict !== 'duplicate') return REFUSALS[answer.verdict]();
      return {
        id: answer.id,
        type: row.type,
        deliveries: answer.deliveries,
        duplicate: answer.verdict === 'duplicate',
      };
    });
  };
}
