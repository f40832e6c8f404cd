import type { ClaimAnswer, LeasedDelivery } from './types';

/** Makes the deliveries of a claim, each with its target. */
export function leasedFrom(answer: Pick<ClaimAnswer, 'deliveries' | 'webhooks'>): LeasedDelivery[] {
  return answer.deliveries.flatMap((row) => {
    const target = answer.webhooks[row.webhook_id];
    if (!target) return [];
    return [
      {
        id: row.id,
        token: row.token,
        number: row.number,
        webhookId: row.webhook_id,
        isTest: row.is_test,
        event: { type: row.type, userId: row.user_id, occurredAt: row.occurred_at, data: row.data },
        body: row.body,
        target,
      },
    ];
  });
}
