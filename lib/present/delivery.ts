/** What the families say of webhooks and deliveries in common; each shapes it in its guide's words. Pure. */
import { TEST_EVENT_TYPE } from '@/lib/catalogue';
import { findOffer } from '@/lib/contracts';
import type { Contract } from '@/lib/contracts/contract';
import type { DeliveryRow, Totals } from '@/lib/manage/rows';
import type { Sent } from '@/lib/webhooks/resend';

/** A time in UTC with whole seconds, as every guide answers it. */
export const seconds = (time: string) => new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
export const secondsOrNull = (time: string | null) => (time === null ? null : seconds(time));

/** The name under which the contract's webhooks know an event of the catalogue, or a test. */
export function nameOf(contract: Contract, type: string): string {
  if (type === TEST_EVENT_TYPE) return contract.test.event;
  return findOffer(contract, type)?.subscription ?? type;
}

/** The names that a family's filters take: what its webhooks subscribe to, and the test. */
export function namesOf(contract: Contract): string[] {
  return [...contract.events.map(({ subscription }) => subscription), contract.test.event];
}

/** The canonical type behind a name of the contract. */
export function typeOf(contract: Contract, name: string): string {
  if (name === contract.test.event) return TEST_EVENT_TYPE;
  return contract.events.find(({ subscription }) => subscription === name)?.type ?? name;
}

/** `held` reads as pending where a guide has no such word. */
export function openStatus(status: DeliveryRow['status']): Exclude<DeliveryRow['status'], 'held'> {
  return status === 'held' ? 'pending' : status;
}

/** Statuses of the rows that read as this one. */
export function statusesFor(status: ReturnType<typeof openStatus>): DeliveryRow['status'][] {
  return status === 'pending' ? ['pending', 'held'] : [status];
}

/** Where there was no attempt that could have gone wrong. */
export const REASONS: Record<string, string> = {
  webhook_deleted: 'The webhook was deleted before this could be sent.',
  webhook_off: 'The webhook is off: this is kept until it is on again.',
};

const answered = (status: number) => `The receiver answered ${status}.`;

/** What went wrong with a delivery, last; null when nothing did. */
export function failureOf(row: DeliveryRow): string | null {
  if (row.status === 'success') return null;
  if (row.error !== null) return row.error;
  if (row.response_code !== null) return answered(row.response_code);
  return REASONS[row.reason ?? ''] ?? null;
}

/** What went wrong with an attempt that a person asked for; null when nothing did. */
export function sentFailure({ outcome }: Sent): string | null {
  if (outcome.status === 'success') return null;
  return (
    outcome.error ?? (outcome.status_code === null ? 'Nothing came back.' : answered(outcome.status_code))
  );
}

/** Deliveries that ended, in all and not delivered. */
export function ended({ success, failed, error }: Pick<Totals, 'success' | 'failed' | 'error'>) {
  return { total: success + failed + error, failed: failed + error };
}
