'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Filter, Radio } from 'lucide-react';
import Link from 'next/link';
import { parseAsString, useQueryState } from 'nuqs';
import { PageHeader } from '@/components/shell/page-header';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState, ErrorState } from '@/components/ui/empty-state';
import { Select } from '@/components/ui/input';
import { SkeletonRows } from '@/components/ui/skeleton';
import { catalogueQuery, eventsQuery } from '@/components/webhooks/data/queries';
import { DeliverySheet } from '@/components/webhooks/delivery-sheet';
import { LoadMore } from '@/components/webhooks/load-more';
import { eventInWords } from '@/components/webhooks/model/event-words';
import { EventRow } from './event-row';

function TypeFilter({ type, onChange }: { type: string | null; onChange: (type: string | null) => void }) {
  const { data } = useQuery(catalogueQuery());
  const types = (data?.events ?? []).map((event) => event.type);
  const known = type && !types.includes(type) ? [type, ...types] : types;
  return (
    <Select
      aria-label="Event type"
      className="w-auto max-w-64"
      value={type ?? ''}
      onChange={({ target }) => onChange(target.value || null)}
    >
      <option value="">Every type</option>
      {known.map((name) => (
        <option key={name} value={name}>
          {eventInWords(name)}
        </option>
      ))}
    </Select>
  );
}

/** What the hiring platform published, newest first, and whom it reached. */
export function EventsView() {
  const [type, setType] = useQueryState('type');
  const [openId, setOpenId] = useQueryState('event', parseAsString);
  const events = useInfiniteQuery(eventsQuery(type));
  const rows = events.data?.pages.flatMap((page) => page.events) ?? [];
  return (
    <>
      <PageHeader title="Events" actions={<TypeFilter type={type} onChange={setType} />}>
        What happened in your hiring, and whom it was told to.
      </PageHeader>
      <Card aria-label="Published events" className="overflow-hidden">
        {events.isPending ? (
          <div className="p-5">
            <SkeletonRows rows={6} label="Loading events" />
          </div>
        ) : null}
        {events.isError && !events.data ? (
          <ErrorState
            title="The events could not be loaded"
            error={events.error}
            onRetry={() => events.refetch()}
            retrying={events.isFetching}
          />
        ) : null}
        {events.data && rows.length === 0 ? (
          type ? (
            <EmptyState
              icon={Filter}
              title="No event of this type"
              action={<Button onClick={() => setType(null)}>Show all events</Button>}
            >
              Nothing of the kind “{eventInWords(type)}” was published yet.
            </EmptyState>
          ) : (
            <EmptyState
              icon={Radio}
              title="No events yet"
              action={
                <Button asChild>
                  <Link href="/recruiter/api/keys">Make an API key</Link>
                </Button>
              }
            >
              Your hiring platform announces events with an API key. What it announces appears here.
            </EmptyState>
          )
        ) : null}
        {rows.length > 0 ? (
          <ul className="divide-y divide-line">
            {rows.map((event) => (
              <EventRow
                key={event.id}
                event={event}
                open={event.id === openId}
                onToggle={(open) => setOpenId(open ? event.id : null)}
              />
            ))}
          </ul>
        ) : null}
        <LoadMore query={events} />
      </Card>
      <DeliverySheet />
    </>
  );
}
