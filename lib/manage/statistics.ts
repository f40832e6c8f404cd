/** A webhook's figures, from the counted hours: they cost the same however many deliveries there were. */
import 'server-only';
import { z } from 'zod';
import type { Caller } from '@/lib/accounts/caller';
import { oneOf, rowsOf } from './answer';
import type { WebhookView } from './webhooks';

const figures = {
  success: z.number(),
  failed: z.number(),
  error: z.number(),
  attempts: z.number(),
};
const HOUR_MS = 3_600_000;
const bracket = (brace: string) => (brace === '{' ? '[' : ']');
const hourRow = z.tuple([z.number(), z.number(), z.number(), z.number(), z.number()]);
const hoursAnswer = z.object({
  /** Rows as PostgreSQL prints a list of lists of numbers. */
  hours: z
    .string()
    .transform((text): unknown => JSON.parse(text.replaceAll(/[{}]/g, bracket)))
    .pipe(z.array(hourRow)),
  duration_ms: z.number(),
});
const typeRow = z.object({ event_type: z.string(), ...figures });

/** What happened in one hour. */
export interface HourFigures {
  /** Its start. */
  hour: Date;
  success: number;
  failed: number;
  error: number;
  attempts: number;
}

/**
 * Hour by hour since a time, oldest first; hours in which nothing happened are absent. `durationMs` is that of all attempts
 * together. The webhook must be the caller's.
 */
export async function webhookHours(
  caller: Caller,
  webhookId: string,
  since: Date,
): Promise<{ hours: HourFigures[]; durationMs: number }> {
  const db = await caller.db();
  const answer = await db.rpc('webhook_hours', {
    p_organization_id: caller.organizationId,
    p_webhook_id: webhookId,
    p_since: since.toISOString(),
  });
  const { hours: rows = [], duration_ms: durationMs = 0 } = oneOf(hoursAnswer, answer) ?? {};
  const hours = new Map<number, HourFigures>();
  // One row for each event type.
  for (const [at, success, failed, error, attempts] of rows) {
    const hour = hours.get(at) ?? {
      hour: new Date(at * HOUR_MS),
      success: 0,
      failed: 0,
      error: 0,
      attempts: 0,
    };
    hour.success += success;
    hour.failed += failed;
    hour.error += error;
    hour.attempts += attempts;
    hours.set(at, hour);
  }
  return { hours: [...hours].sort(([a], [b]) => a - b).map(([, figures]) => figures), durationMs };
}

/** By event type, over the webhook's whole life. The webhook must be the caller's. */
export async function webhookEventTotals(caller: Caller, webhookId: string) {
  const db = await caller.db();
  const answer = await db.rpc('webhook_event_totals', {
    p_organization_id: caller.organizationId,
    p_webhook_id: webhookId,
  });
  return rowsOf(typeRow, answer);
}

/** How often deliveries that ended were attempted, on average; 0 where none did. The webhook must be the caller's. */
export async function averageAttempts(caller: Caller, { webhook, totals }: WebhookView): Promise<number> {
  const ended = totals.success + totals.failed + totals.error;
  if (ended === 0) return 0;
  const db = await caller.db();
  const answer = await db.rpc('unfinished_attempts', {
    p_organization_id: caller.organizationId,
    p_webhook_id: webhook.id,
  });
  return (totals.attempts - (oneOf(z.number(), answer) ?? 0)) / ended;
}
