/** Skillora's words for what the verbs answer, as its guide has them. Pure. */
import { z } from 'zod';
import type { Contract } from '@/lib/contracts/contract';
import type { DeliveryRow, EventRowRead } from '@/lib/manage/rows';
import type { WebhookView } from '@/lib/manage/webhooks';
import { renderBody } from '@/lib/webhooks/render';
import type { Sent } from '@/lib/webhooks/resend';
import { ended, failureOf, nameOf, openStatus, seconds, secondsOrNull, sentFailure } from './delivery';

export function presentEndpoint({ webhook, totals }: WebhookView) {
  const { total, failed } = ended(totals);
  return {
    id: webhook.id,
    url: webhook.url,
    events: webhook.events,
    description: webhook.description ?? '',
    is_active: webhook.is_active,
    created_at: seconds(webhook.created_at),
    updated_at: seconds(webhook.updated_at),
    last_triggered_at: secondsOrNull(totals.last_delivery_at),
    total_deliveries: total,
    failed_deliveries: failed,
  };
}

const envelope = z.object({ data: z.unknown() });

/** `payload` is the data as it is sent: in the contract's casing, with what was absent filled in. */
export function presentEvent(contract: Contract, event: EventRowRead) {
  const { id, type, data, occurred_at: occurredAt, user_id: userId } = event;
  const rendered = { type, data: JSON.parse(data), occurredAt, userId };
  const body = renderBody(contract, { event: rendered, deliveryId: '', webhookId: '' });
  return {
    id,
    event_type: nameOf(contract, type),
    payload: envelope.parse(JSON.parse(body)).data,
    created_at: seconds(event.created_at),
  };
}

export function presentDelivery(contract: Contract, row: DeliveryRow) {
  return {
    id: row.id,
    endpoint_id: row.webhook_id,
    event_id: row.event_id,
    event_type: nameOf(contract, row.event_type),
    status: openStatus(row.status),
    attempts: row.attempts,
    response_status_code: row.response_code,
    error_message: failureOf(row),
    created_at: seconds(row.created_at),
    delivered_at: row.status === 'success' ? secondsOrNull(row.completed_at) : null,
    next_retry_at: row.status === 'retrying' ? secondsOrNull(row.next_attempt_at) : null,
  };
}

/** A test, or a delivery sent once more; `what` names it at the beginning of a sentence. */
export function presentSent(contract: Contract, what: string, sent: Sent, row: DeliveryRow) {
  const failure = sentFailure(sent);
  return {
    status: failure === null ? 'success' : 'failed',
    message: failure === null ? `${what} sent successfully` : `${what} was not delivered: ${failure}`,
    delivery: presentDelivery(contract, row),
  };
}
