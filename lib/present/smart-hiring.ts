/** Smart Hiring's words for what the verbs answer, as its guide has them. Pure. */
import type { Contract } from '@/lib/contracts/contract';
import type { HistoryRow } from '@/lib/manage/history';
import { successRate, type Totals, type WebhookRow } from '@/lib/manage/rows';
import type { Sent } from '@/lib/webhooks/resend';
import { ended, failureOf, nameOf, seconds, secondsOrNull, sentFailure } from './delivery';

export function presentSubscription(webhook: WebhookRow) {
  return {
    id: webhook.id,
    url: webhook.url,
    events: webhook.events,
    active: webhook.is_active,
    description: webhook.description,
    created_at: seconds(webhook.created_at),
    updated_at: seconds(webhook.updated_at),
  };
}

export function presentStatistics(totals: Totals) {
  const { total, failed } = ended(totals);
  return {
    total_deliveries: total,
    failed_deliveries: failed,
    success_rate: successRate(totals),
    last_delivery_at: secondsOrNull(totals.last_delivery_at),
    delivery_breakdown: { success: totals.success, failed: totals.failed, error: totals.error },
  };
}

/** `failed` is an answer outside 2xx, `error` is none: of the latest attempt, whether or not another will come. */
function statusOf({ status, attempts, response_code: code }: HistoryRow) {
  if (status === 'success') return 'success';
  if (attempts === 0) return 'pending';
  return code === null ? 'error' : 'failed';
}

export function presentDelivery(contract: Contract, row: HistoryRow) {
  const error = failureOf(row);
  return {
    id: row.id,
    event_type: nameOf(contract, row.event_type),
    attempt: row.attempts,
    status: statusOf(row),
    delivered_at: secondsOrNull(row.attempted_at),
    response_code: row.response_code,
    ...(error !== null && { error }),
    next_attempt_at: row.status === 'retrying' ? secondsOrNull(row.next_attempt_at) : null,
    created_at: seconds(row.created_at),
    is_test: row.is_test,
  };
}

export function presentTest(sent: Sent) {
  return {
    delivery_id: sent.deliveryId,
    status:
      sent.outcome.status === 'success' ? 'success' : sent.outcome.status_code === null ? 'error' : 'failed',
    response_code: sent.outcome.status_code,
    error: sentFailure(sent),
  };
}
