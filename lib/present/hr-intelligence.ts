/** HR Intelligence's words for what the verbs answer, as its guide has them. Pure. */
import type { Contract } from '@/lib/contracts/contract';
import type { HistoryRow } from '@/lib/manage/history';
import type { WebhookView } from '@/lib/manage/webhooks';
import type { Sent } from '@/lib/webhooks/resend';
import { ended, failureOf, nameOf, openStatus, seconds, secondsOrNull, sentFailure } from './delivery';

export function presentWebhook({ webhook, totals }: WebhookView) {
  const { total, failed } = ended(totals);
  return {
    id: webhook.id,
    url: webhook.url,
    events: webhook.events,
    is_active: webhook.is_active,
    delivery_count: total,
    failure_count: failed,
    created_at: seconds(webhook.created_at),
    updated_at: seconds(webhook.updated_at),
  };
}

export function presentTest(sent: Sent) {
  return {
    success: sent.outcome.status === 'success',
    status_code: sent.outcome.status_code,
    response_time_ms: sent.outcome.duration_ms,
    error: sentFailure(sent),
    delivery_id: sent.deliveryId,
  };
}

export function presentDelivery(contract: Contract, row: HistoryRow) {
  return {
    id: row.id,
    webhook_id: row.webhook_id,
    event: nameOf(contract, row.event_type),
    status: openStatus(row.status),
    attempts: row.attempts,
    status_code: row.response_code,
    response_time_ms: row.duration_ms,
    error: failureOf(row),
    created_at: seconds(row.created_at),
    delivered_at: row.status === 'success' ? secondsOrNull(row.completed_at) : null,
  };
}
