'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/empty-state';
import { SkeletonRows } from '@/components/ui/skeleton';
import { useNow } from '@/components/ui/time';
import { eventDeliveriesQuery, webhooksQuery } from '@/components/webhooks/data/queries';
import { deliveryView } from '@/components/webhooks/model/delivery-view';
import { urlInWords } from '@/components/webhooks/model/url';
import { useOpenDelivery } from '@/components/webhooks/use-delivery-filter';

/** Whom an event was told to, and what they answered. */
export function EventDeliveries({ eventId }: { eventId: string }) {
  const deliveries = useQuery(eventDeliveriesQuery(eventId));
  const webhooks = useQuery(webhooksQuery());
  const [, open] = useOpenDelivery();
  const now = useNow(1_000);

  if (deliveries.isPending) return <SkeletonRows rows={2} label="Loading the deliveries of this event" />;
  if (deliveries.isError && !deliveries.data) {
    return (
      <ErrorState
        title="The deliveries of this event could not be loaded"
        error={deliveries.error}
        onRetry={() => deliveries.refetch()}
      />
    );
  }
  if (deliveries.data.length === 0) {
    return <p className="text-ink-3">No webhook had asked for this event when it happened.</p>;
  }
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
      {deliveries.data.map((delivery) => {
        const view = deliveryView(delivery, now);
        const webhook = webhooks.data?.find(({ id }) => id === delivery.webhook_id);
        return (
          <li key={delivery.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5">
            <Badge tone={view.tone} dot>
              {view.label}
            </Badge>
            <div className="min-w-0 flex-1 basis-52">
              {webhook ? (
                <Link
                  href={`/recruiter/api/webhooks/${webhook.id}`}
                  className="break-all rounded font-medium font-mono text-xs underline-offset-2 hover:underline"
                >
                  {urlInWords(webhook.url)}
                </Link>
              ) : (
                <span className="text-ink-3">A webhook that was deleted</span>
              )}
              <p className="text-ink-2 text-xs leading-5">{view.sentence}</p>
            </div>
            <Button size="sm" onClick={() => open(delivery.id)}>
              See delivery
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
