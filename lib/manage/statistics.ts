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
const FIGURES = ['success', 'failed', 'error', 'attempts'] as const;
const HOUR_MS = 3_600_000;
const HOURS = 24;
const hourly = z.array(z.number()).length(HOURS);
const dayRow = z.object({
  day: z.iso.date(),
  success: hourly,
  failed: hourly,
  error: hourly,
  attempts: hourly,
  duration_ms: hourly,
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
  const answer = await db.rpc('webhook_days', {
    p_organization_id: caller.organizationId,
    p_webhook_id: webhookId,
    p_since: since.toISOString().slice(0, 'yyyy-mm-dd'.length),
  });
  const hours = new Map<number, HourFigures>();
  let durationMs = 0;
  // One row for each event type.
  for (const row of rowsOf(dayRow, answer)) {
    for (let n = 0; n < HOURS; n++) {
      const at = Date.parse(row.day) + n * HOUR_MS;
      if (at < since.getTime()) continue;
      const hour = hours.get(at) ?? { hour: new Date(at), success: 0, failed: 0, error: 0, attempts: 0 };
      for (const figure of FIGURES) hour[figure] += row[figure][n] ?? 0;
      durationMs += row.duration_ms[n] ?? 0;
      hours.set(at, hour);
    }
  }
  const happened = [...hours.values()].filter((hour) => FIGURES.some((figure) => hour[figure] !== 0));
  return { hours: happened.sort((a, b) => a.hour.getTime() - b.hour.getTime()), durationMs };
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
