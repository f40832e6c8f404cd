import { solidTones } from '@/components/ui/badge';
import { cn } from '@/components/ui/cn';
import type { Webhook } from '@/lib/shapes/recruiter';
import { health } from './model/webhook-view';

/** How well a webhook does: the share of deliveries that arrived, in words and as a bar. */
export function HealthMeter({
  webhook,
}: {
  webhook: Pick<Webhook, 'is_active' | 'statistics' | 'last_delivery_at'>;
}) {
  const { tone, label } = health(webhook);
  const { total, success_rate: rate } = webhook.statistics;
  return (
    <div className="grid gap-1.5">
      <p className={cn('tabular font-medium text-[0.8125rem]', tone === 'plain' && 'font-normal text-ink-3')}>
        {label}
      </p>
      <div className="h-1 overflow-hidden rounded-full bg-line" aria-hidden>
        {total > 0 && webhook.is_active ? (
          <div
            className={cn('h-full rounded-full', solidTones[tone])}
            style={{ width: `${Math.max(3, rate)}%` }}
          />
        ) : null}
      </div>
    </div>
  );
}
