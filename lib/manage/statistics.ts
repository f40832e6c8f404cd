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
const numbers = z.array(z.number());
const hourColumns = z.object({
  hour: z.array(z.string()),
  success: numbers,
  failed: numbers,
  error: numbers,
  attempts: numbers,
  duration_ms: numbers,
});
const typeRow = z.object({ event_type: z.string(), ...figures });

/** Hour by hour since a time; hours in which nothing happened are absent. The webhook must be the caller's. */
export async function webhookHours(caller: Caller, webhookId: string, since: Date) {
  const db = await caller.db();
  const answer = await db.rpc('webhook_hours', {
    p_organization_id: caller.organizationId,
    p_webhook_id: webhookId,
    p_since: since.toISOString(),
  });
  const columns = oneOf(hourColumns, answer);
  if (!columns) return [];
  return columns.hour.map((hour, n) => ({
    hour,
    success: columns.success[n] ?? 0,
    failed: columns.failed[n] ?? 0,
    error: columns.error[n] ?? 0,
    attempts: columns.attempts[n] ?? 0,
    duration_ms: columns.duration_ms[n] ?? 0,
  }));
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
