import type { LeasedAnswer, LeasedDelivery } from './types';

/** Makes the deliveries of a claim, each with its target. */
export function leasedFrom(answer: LeasedAnswer): LeasedDelivery[] {
  const events = new Map<string, LeasedDelivery['event']>();
  return answer.deliveries.flatMap((row) => {
    const target = answer.webhooks[row.webhook_id];
    if (!target) return [];
    // One for all that carry it, so that it is read and printed once.
    const event = (row.body === null ? events.get(row.event_id) : undefined) ?? {
      type: row.type,
      userId: row.user_id,
      occurredAt: row.occurred_at,
      data: row.data,
    };
    if (row.body === null) events.set(row.event_id, event);
    return [
      {
        id: row.id,
        token: answer.token,
        number: row.number,
        webhookId: row.webhook_id,
        isTest: row.is_test,
        event,
        body: row.body,
        target,
      },
    ];
  });
}
