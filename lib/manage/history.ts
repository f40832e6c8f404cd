/** The history of a contract's webhooks: deliveries, each with its latest attempt, as the contracts' families page them. */
import 'server-only';
import { z } from 'zod';
import type { Caller } from '@/lib/accounts/caller';
import type { Contract } from '@/lib/contracts/contract';
import { rowsOf } from './answer';
import { type DeliveryRow, deliveryRow } from './rows';

export const historyRow = deliveryRow.extend({
  /** When its latest attempt began; null before the first. */
  attempted_at: z.string().nullable(),
  /** Where its latest attempt went; before the first, where it will go. */
  url: z.string(),
});
export type HistoryRow = z.infer<typeof historyRow>;

export interface HistoryFilter {
  webhookId?: string;
  eventId?: string;
  statuses?: readonly DeliveryRow['status'][];
  /** Canonical types. */
  eventTypes?: readonly string[];
  limit: number;
  offset?: number;
}

/** Deliveries of the contract's webhooks that the caller may see, newest first; none of a webhook that was deleted. */
export async function deliveryHistory(
  caller: Caller,
  contract: Contract,
  filter: HistoryFilter,
): Promise<HistoryRow[]> {
  const db = await caller.db();
  const answer = await db.rpc('delivery_history', {
    p_organization_id: caller.organizationId,
    p_contract: contract.name,
    p_webhook_id: filter.webhookId,
    p_event_id: filter.eventId,
    p_statuses: filter.statuses && [...filter.statuses],
    p_event_types: filter.eventTypes && [...filter.eventTypes],
    p_limit: filter.limit,
    p_offset: filter.offset ?? 0,
  });
  return rowsOf(historyRow, answer);
}

/** How many deliveries of a webhook there are in all, for a page that says so. The webhook must be the caller's. */
export async function countDeliveries(
  caller: Caller,
  webhookId: string,
  filter: Pick<HistoryFilter, 'statuses' | 'eventTypes'>,
): Promise<number> {
  const db = await caller.db();
  let query = db
    .from('webhook_deliveries')
    .select('id', { count: 'exact' })
    .eq('webhook_id', webhookId)
    .limit(1);
  if (filter.statuses) query = query.in('status', [...filter.statuses]);
  if (filter.eventTypes) query = query.in('event_type', [...filter.eventTypes]);
  const answer = await query;
  rowsOf(z.object({ id: z.string() }), answer);
  return answer.count ?? 0;
}
