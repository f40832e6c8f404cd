import { CircleAlert } from 'lucide-react';
import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { RelativeTime } from '@/components/ui/time';
import type { Webhook } from '@/lib/shapes/recruiter';
import { ActiveSwitch } from './active-switch';
import { ContractBadge } from './contract-badge';
import { HealthMeter } from './health-meter';
import { subscriptionSummary } from './model/event-words';
import { urlParts } from './model/url';
import { countOf, disabledInWords } from './model/webhook-view';
import { TestButton } from './test-dialog';
import { WebhookMenu } from './webhook-menu';

function Subscriptions({ events }: { events: readonly string[] }) {
  const { names, more } = subscriptionSummary(events);
  return (
    <p className="flex flex-wrap items-center gap-x-1.5 gap-y-1 text-ink-2 text-xs">
      {names.join(' · ')}
      {more > 0 ? <span className="text-ink-3">and {more} more</span> : null}
    </p>
  );
}

/** One webhook in the list. */
export function WebhookRow({ webhook }: { webhook: Webhook }) {
  const { host, rest } = urlParts(webhook.url);
  const nameId = `webhook-${webhook.id}`;
  const href = `/recruiter/api/webhooks/${webhook.id}`;
  const off = disabledInWords(webhook);
  return (
    <li className="relative grid gap-x-6 gap-y-3 px-5 py-4 transition-colors hover:bg-sunken/50 md:grid-cols-[1fr_9.5rem_auto] md:items-center">
      <div className="grid min-w-0 gap-1">
        <div className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1">
          <Link
            id={nameId}
            href={href}
            className="min-w-0 truncate rounded font-medium font-mono text-[0.8125rem] before:absolute before:inset-0"
          >
            {host}
            <span className="font-normal text-ink-3">{rest}</span>
          </Link>
          <ContractBadge name={webhook.contract} />
          {webhook.held_count > 0 ? (
            <Badge tone="held">{webhook.held_count.toLocaleString('en')} held</Badge>
          ) : null}
        </div>
        {webhook.description ? <p className="truncate text-ink-2">{webhook.description}</p> : null}
        <Subscriptions events={webhook.events} />
        {off ? (
          <p className="flex gap-1.5 text-bad text-xs">
            <CircleAlert className="mt-[3px] size-3.5 shrink-0" aria-hidden />
            {off}
          </p>
        ) : null}
      </div>
      <div className="grid gap-1">
        <HealthMeter webhook={webhook} />
        <p className="text-ink-3 text-xs">
          {webhook.open_count > 0 ? (
            `${countOf(webhook.open_count, 'delivery', 'deliveries')} on the way`
          ) : webhook.last_delivery_at ? (
            <>
              Last <RelativeTime at={webhook.last_delivery_at} className="relative" />
            </>
          ) : null}
        </p>
      </div>
      <div className="relative flex items-center gap-2.5 justify-self-start md:justify-self-end">
        <ActiveSwitch webhook={webhook} describedBy={nameId} />
        <TestButton webhook={webhook} describedBy={nameId} />
        <WebhookMenu webhook={webhook} describedBy={nameId} />
      </div>
    </li>
  );
}
