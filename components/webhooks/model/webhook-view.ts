import type { Tone } from '@/components/ui/badge';
import type { Webhook } from '@/lib/shapes/recruiter';

export interface Health {
  tone: Tone;
  label: string;
}

/** How well a webhook does, from what it delivered so far. */
export function health(webhook: Pick<Webhook, 'is_active' | 'statistics' | 'last_delivery_at'>): Health {
  const { total, success_rate: rate } = webhook.statistics;
  if (!webhook.is_active) return { tone: 'plain', label: 'Off' };
  if (total === 0 && webhook.last_delivery_at) return { tone: 'warn', label: 'Nothing delivered yet' };
  if (total === 0) return { tone: 'plain', label: 'No deliveries yet' };
  const label = `${percent(rate)} delivered`;
  if (rate >= 99) return { tone: 'ok', label };
  return { tone: rate >= 90 ? 'warn' : 'bad', label };
}

/** A rate of 0 to 100 without needless digits, and never rounded up to a perfect score. */
export function percent(rate: number): string {
  if (rate === 100 || rate === 0) return `${rate}%`;
  const rounded = Math.floor(rate * 10) / 10;
  return `${Math.max(0.1, rounded)}%`;
}

const reasons: Readonly<Record<string, string>> = {
  gone: 'Your server answered 410 (gone), which asks us to stop.',
  failing: 'It failed for too long, so we switched it off.',
};

/** Why a webhook is off, in one sentence; null when it is on or a person switched it off. */
export function disabledInWords(webhook: Pick<Webhook, 'is_active' | 'disabled_reason'>): string | null {
  if (webhook.is_active || webhook.disabled_reason === null) return null;
  return reasons[webhook.disabled_reason] ?? webhook.disabled_reason;
}

/** "1 event", "12 events". */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? singular : plural}`;
}
