/**
 * What passes between the steps of a delivery. Shapes that cross the database are zod schemas, since the database is
 * an edge; everything else is inferred from them.
 */
import { z } from 'zod';
import { CONTRACT_NAMES } from '@/lib/contracts/contract';
import type { SentBody } from './sent-body';

/** Where and how to send: read afresh for each attempt, never kept longer. */
export const targetSchema = z.object({
  organization_id: z.string(),
  contract: z.enum(CONTRACT_NAMES),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  /** Newest first; sealed where the app has an encryption key. */
  secrets: z.array(z.string()),
});
export type Target = z.infer<typeof targetSchema>;

const targetsSchema = z.record(z.string(), targetSchema);

export const publishAnswerSchema = z.object({
  /** Of each event, in order. */
  deliveries: z.array(z.number()),
  /** Events that were not stored: `at` is their place, `id` that of the event which is there already. */
  exceptions: z.array(
    z.object({
      at: z.number(),
      verdict: z.enum(['duplicate', 'unauthorized', 'forbidden', 'rate_limited', 'idempotency_conflict']),
      id: z.string(),
    }),
  ),
  /** Of everything that is leased with this answer. */
  token: z.string(),
  /** Webhook → what is leased of it: deliveries, and the event of each. */
  leased: z.record(z.string(), z.object({ ids: z.array(z.string()), events: z.array(z.string()) })),
  /** Deliveries that are due but did not fit this worker. */
  waiting: z.number(),
  webhooks: targetsSchema,
});
export type PublishAnswer = z.infer<typeof publishAnswerSchema>;

export const leasedRowSchema = z.object({
  id: z.string(),
  webhook_id: z.string(),
  event_id: z.string(),
  number: z.number().int().min(1),
  is_test: z.boolean(),
  /** Null until the first recorded attempt: then it is rendered from `data`. */
  body: z.string().nullable(),
  type: z.string(),
  user_id: z.string().nullable(),
  occurred_at: z.string(),
  data: z.string().nullable(),
});

export const leasedAnswerSchema = z.object({
  /** Of everything that is leased with this answer. */
  token: z.string(),
  deliveries: z.array(leasedRowSchema),
  webhooks: targetsSchema,
});
export type LeasedAnswer = z.infer<typeof leasedAnswerSchema>;

export const claimAnswerSchema = leasedAnswerSchema.extend({
  /** Where the round of the webhooks stopped; null when it came full circle. */
  cursor: z.string().nullable(),
  more: z.boolean(),
});
export type ClaimAnswer = z.infer<typeof claimAnswerSchema>;

/** A delivery that this worker alone may attempt, until its lease runs out. */
export interface LeasedDelivery {
  readonly id: string;
  readonly token: string;
  /** Which attempt this is, from 1. */
  readonly number: number;
  readonly webhookId: string;
  readonly isTest: boolean;
  readonly event: {
    readonly type: string;
    readonly userId: string | null;
    readonly occurredAt: string;
    /** Canonical JSON; null where the body was rendered before. */
    readonly data: string | null;
  };
  readonly body: string | null;
  readonly target: Target;
}

/** An event as it is stored. */
export type EventRow = {
  id: string;
  key_hash?: string;
  organization_id?: string;
  type: string;
  data: string;
  occurred_at: string;
  user_id: string | null;
  candidate_id: string | null;
  application_id: string | null;
  job_id: string | null;
  idempotency_key?: string;
  content_hash?: string;
};

/** How an attempt ended, as it is stored. Times are ISO, durations ms. */
export type Outcome = {
  id: string;
  token: string;
  number: number;
  status: 'success' | 'retrying' | 'failed';
  reason?: string;
  retry_ms?: number;
  /** The body, where it is not stored yet. */
  sent?: SentBody;
  started_at: string;
  duration_ms: number;
  url: string;
  status_code: number | null;
  error_class: string | null;
  error: string | null;
  address: string | null;
  request_headers: Record<string, string>;
  response_headers: Record<string, string> | null;
  response_body: string | null;
  response_truncated: boolean;
};

/** Time and chance, as arguments. `databaseNow` is null where the database's own clock decides (always but in tests). */
export interface Clock {
  now(): Date;
  databaseNow(): string | null;
}

export const systemClock: Clock = { now: () => new Date(), databaseNow: () => null };
