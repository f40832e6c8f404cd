'use client';

import { ChevronRight } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import { RelativeTime, useNow } from '@/components/ui/time';
import type { Delivery } from '@/lib/shapes/recruiter';
import { deliveryView } from './model/delivery-view';
import { eventInWords } from './model/event-words';
import { durationInWords } from './model/outcome';
import { useOpenDelivery } from './use-delivery-filter';

function Row({ delivery, now, onOpen }: { delivery: Delivery; now: number; onOpen: () => void }) {
  const view = deliveryView(delivery, now);
  return (
    <tr className="group relative transition-colors hover:bg-sunken/60">
      <td className="py-2.5 pr-3 pl-5 align-top">
        <Badge tone={view.tone} dot>
          {view.label}
        </Badge>
      </td>
      <td className="min-w-0 py-2.5 pr-3 align-top">
        <button
          type="button"
          onClick={onOpen}
          className="flex flex-wrap items-center gap-x-2 rounded text-left font-medium before:absolute before:inset-0"
        >
          {eventInWords(delivery.event)}
          {delivery.is_test && !delivery.event.endsWith('test') ? <Badge>Test</Badge> : null}
        </button>
        <p className="text-ink-2 text-xs leading-5">{view.sentence}</p>
        <p className="text-ink-3 text-xs sm:hidden">
          <RelativeTime at={delivery.created_at} className="relative" />
        </p>
      </td>
      <td className="tabular hidden py-2.5 pr-3 align-top text-ink-2 md:table-cell">{delivery.attempts}</td>
      <td className="tabular hidden py-2.5 pr-3 align-top text-ink-2 md:table-cell">
        {delivery.duration_ms === null ? '–' : durationInWords(delivery.duration_ms)}
      </td>
      <td className="hidden py-2.5 pr-3 align-top text-ink-2 sm:table-cell">
        <RelativeTime at={delivery.created_at} className="relative whitespace-nowrap" />
      </td>
      <td className="w-10 py-3 pr-4 align-top text-ink-3">
        <ChevronRight className="size-4 transition-transform group-hover:translate-x-0.5" aria-hidden />
      </td>
    </tr>
  );
}

const heading = 'py-2 pr-3 font-medium';

/** Deliveries in rows; a row opens the delivery beside the table. */
export function DeliveryTable({ deliveries, label }: { deliveries: readonly Delivery[]; label: string }) {
  const [, open] = useOpenDelivery();
  const waiting = deliveries.some((delivery) => delivery.status === 'retrying');
  const now = useNow(waiting ? 1_000 : 60_000);
  return (
    <table className="w-full text-left">
      <caption className="sr-only">{label}</caption>
      <thead className="border-line border-b text-ink-3 text-xs">
        <tr>
          <th scope="col" className={`${heading} w-32 pl-5`}>
            Status
          </th>
          <th scope="col" className={heading}>
            Event
          </th>
          <th scope="col" className={`${heading} hidden w-20 md:table-cell`}>
            Attempts
          </th>
          <th scope="col" className={`${heading} hidden w-20 md:table-cell`}>
            Time
          </th>
          <th scope="col" className={`${heading} hidden w-36 sm:table-cell`}>
            When
          </th>
          <th scope="col">
            <span className="sr-only">Open</span>
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {deliveries.map((delivery) => (
          <Row key={delivery.id} delivery={delivery} now={now} onOpen={() => open(delivery.id)} />
        ))}
      </tbody>
    </table>
  );
}
