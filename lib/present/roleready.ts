/** RoleReady's words for what the verbs answer, as its guide has them: camelCase, rates as text. Pure. */
import type { Contract } from '@/lib/contracts/contract';
import type { HistoryRow } from '@/lib/manage/history';
import { successRate, type Totals, type WebhookRow } from '@/lib/manage/rows';
import type { Sent } from '@/lib/webhooks/resend';
import { ended, failureOf, nameOf, seconds, secondsOrNull, sentFailure } from './delivery';

export function presentConfig(webhook: WebhookRow) {
  return {
    id: webhook.id,
    url: webhook.url,
    enabled: webhook.is_active,
    enabledEvents: webhook.events,
    createdAt: seconds(webhook.created_at),
    updatedAt: seconds(webhook.updated_at),
  };
}

export function presentConfiguration(contract: Contract, webhook: WebhookRow | null) {
  return {
    configured: webhook !== null,
    config: webhook && presentConfig(webhook),
    availableEvents: contract.events.map(({ subscription }) => subscription),
  };
}

export function presentLog(contract: Contract, row: HistoryRow) {
  return {
    id: row.id,
    event: nameOf(contract, row.event_type),
    url: row.url,
    success: row.status === 'success',
    statusCode: row.response_code,
    attempts: row.attempts,
    error: failureOf(row),
    deliveryId: row.id,
    deliveredAt: row.status === 'success' ? secondsOrNull(row.completed_at) : null,
    createdAt: seconds(row.created_at),
  };
}

export function presentPage(page: { total: number; limit: number; offset: number }, shown: number) {
  return { ...page, hasMore: page.offset + shown < page.total };
}

type EventTotals = Pick<Totals, 'success' | 'failed' | 'error'> & { event_type: string };

export function presentStats(
  contract: Contract,
  totals: Totals,
  byEvent: readonly EventTotals[],
  averageAttempts: number,
) {
  const figures = (some: Pick<Totals, 'success' | 'failed' | 'error'>) => {
    const { total, failed } = ended(some);
    return { total, successful: some.success, failed };
  };
  return {
    ...figures(totals),
    successRate: successRate(totals).toFixed(2),
    averageAttempts: averageAttempts.toFixed(2),
    byEvent: Object.fromEntries(
      byEvent
        .map((some) => [nameOf(contract, some.event_type), figures(some)] as const)
        .filter(([, { total }]) => total > 0),
    ),
  };
}

export function presentTest(sent: Sent) {
  const { status_code: statusCode } = sent.outcome;
  const details = sentFailure(sent);
  return details === null
    ? { success: true, message: 'Test webhook sent successfully', statusCode, deliveryId: sent.deliveryId }
    : {
        success: false,
        error: 'Failed to deliver test webhook',
        details,
        statusCode,
        deliveryId: sent.deliveryId,
      };
}

/** The rows whose `success` is this; all of them when it is left out. */
export function statusesOf(success: boolean | undefined): readonly HistoryRow['status'][] | undefined {
  if (success === undefined) return undefined;
  return success ? ['success'] : ['pending', 'retrying', 'failed', 'held'];
}
