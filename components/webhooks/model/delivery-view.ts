import type { Tone } from '@/components/ui/badge';
import type { Delivery } from '@/lib/shapes/recruiter';
import { attemptOutcome, nextAttemptInWords } from './outcome';
import { statusViews } from './status';

export interface DeliveryView {
  label: string;
  tone: Tone;
  /** What happened and what comes next, for someone who is no engineer. */
  sentence: string;
  /** Whether a person may send it again now. */
  canResend: boolean;
}

type Facts = Pick<Delivery, 'status' | 'attempts' | 'next_attempt_at' | 'response_code' | 'error' | 'reason'>;

/** Endings that say more than the last attempt does. */
const endings: Readonly<Record<string, string>> = {
  webhook_deleted: 'Its webhook was deleted before it could be sent.',
  gone: 'Your server answered 410 (the address is gone for good), so the webhook was switched off.',
};

function sentence(delivery: Facts, nowMs: number): string {
  const ending = delivery.reason ? endings[delivery.reason] : undefined;
  if (ending) return ending;
  const last =
    delivery.attempts === 0
      ? ''
      : attemptOutcome({ status_code: delivery.response_code, error: delivery.error }).sentence;
  switch (delivery.status) {
    case 'success':
      return last || statusViews.success.meaning;
    case 'failed':
      return last || statusViews.failed.meaning;
    case 'retrying':
      return [last, nextAttemptInWords(delivery.next_attempt_at, nowMs)].filter(Boolean).join(' ');
    case 'held':
      return statusViews.held.meaning;
    case 'pending':
      return statusViews.pending.meaning;
  }
}

/** A delivery as the dashboard shows it. `nowMs` is the present, in ms. */
export function deliveryView(delivery: Facts, nowMs: number): DeliveryView {
  const { label, tone } = statusViews[delivery.status];
  return {
    label,
    tone,
    sentence: sentence(delivery, nowMs),
    canResend: delivery.status !== 'pending',
  };
}
