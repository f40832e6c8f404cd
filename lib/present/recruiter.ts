/** The bpoc family's words for what the verbs answer: snake_case, as its guide and the dashboard have it. Pure. */
import type { z } from 'zod';
import type { ApiKeyRow } from '@/lib/manage/api-keys';
import type { DeliveryDetail } from '@/lib/manage/deliveries';
import type { EventPage } from '@/lib/manage/events';
import { type DeliveryRow, successRate } from '@/lib/manage/rows';
import type { webhookHours } from '@/lib/manage/statistics';
import type { WebhookView } from '@/lib/manage/webhooks';
import type * as shape from '@/lib/shapes/recruiter';
import type { Sent } from '@/lib/webhooks/resend';
import { REASONS } from './delivery';

const iso = (time: string) => new Date(time).toISOString();
const isoOrNull = (time: string | null) => (time === null ? null : iso(time));

export function presentWebhook({ webhook, totals, held, open }: WebhookView): z.infer<typeof shape.webhook> {
  const failed = totals.failed + totals.error;
  return {
    id: webhook.id,
    url: webhook.url,
    events: webhook.events,
    description: webhook.description,
    is_active: webhook.is_active,
    disabled_reason: webhook.disabled_reason,
    contract: webhook.contract,
    headers: webhook.header_names,
    created_at: iso(webhook.created_at),
    updated_at: iso(webhook.updated_at),
    last_delivery_at: isoOrNull(totals.last_delivery_at),
    statistics: {
      total: totals.success + failed,
      success: totals.success,
      failed,
      success_rate: successRate(totals),
    },
    held_count: held,
    open_count: open,
  };
}

export function presentDelivery(row: DeliveryRow): z.infer<typeof shape.delivery> & { webhook_id: string } {
  return {
    id: row.id,
    webhook_id: row.webhook_id,
    event: row.event_type,
    event_id: row.event_id,
    status: row.status,
    attempts: row.attempts,
    next_attempt_at: isoOrNull(row.next_attempt_at),
    response_code: row.response_code,
    error: row.error ?? REASONS[row.reason ?? ''] ?? null,
    reason: row.reason,
    duration_ms: row.duration_ms,
    is_test: row.is_test,
    created_at: iso(row.created_at),
    completed_at: isoOrNull(row.completed_at),
  };
}

export function presentDetail({
  delivery,
  body,
  attempts,
}: DeliveryDetail): z.infer<typeof shape.deliveryDetail> {
  return {
    ...presentDelivery(delivery),
    request_body: body,
    attempts_log: attempts.map((attempt) => ({ ...attempt, started_at: iso(attempt.started_at) })),
  };
}

export function presentEvent(event: EventPage['events'][number]): z.infer<typeof shape.publishedEvent> {
  const { deliveries, is_test: _, ...rest } = event;
  return {
    ...rest,
    occurred_at: iso(event.occurred_at),
    created_at: iso(event.created_at),
    data: JSON.parse(event.data),
    deliveries: Object.values(deliveries).reduce((sum, count) => sum + count, 0),
    deliveries_by_status: deliveries,
  };
}

export function presentTest({ deliveryId, outcome }: Sent): z.infer<typeof shape.testAnswer> {
  const success = outcome.status === 'success';
  return {
    success,
    statusCode: outcome.status_code,
    durationMs: outcome.duration_ms,
    deliveryId,
    responseBody: outcome.response_body,
    ...(!success && { error: outcome.error ?? `The receiver answered ${outcome.status_code}.` }),
  };
}

export function presentApiKey(row: ApiKeyRow): z.infer<typeof shape.apiKey> {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scope: row.scopes.includes('manage') ? 'manage' : 'publish',
    created_at: iso(row.created_at),
    last_used_at: isoOrNull(row.last_used_at),
  };
}

export function presentStats({
  hours,
  durationMs,
}: Awaited<ReturnType<typeof webhookHours>>): z.infer<typeof shape.statsAnswer> {
  const sum = { success: 0, failed: 0, error: 0, attempts: 0 };
  for (const hour of hours) {
    sum.success += hour.success;
    sum.failed += hour.failed;
    sum.error += hour.error;
    sum.attempts += hour.attempts;
  }
  return {
    success: true,
    statistics: {
      ...sum,
      total: sum.success + sum.failed + sum.error,
      success_rate: successRate(sum),
      average_duration_ms: sum.attempts === 0 ? null : Math.round(durationMs / sum.attempts),
    },
    hours: hours.map(({ hour, ...counted }) => ({ hour: hour.toISOString(), ...counted })),
  };
}
