'use client';

import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/input';
import { DELIVERY_STATUSES, type Webhook } from '@/lib/shapes/recruiter';
import { catalogueQuery } from './data/queries';
import { eventInWords } from './model/event-words';
import { statusViews } from './model/status';
import { useDeliveryFilter } from './use-delivery-filter';

/** Narrows the deliveries by status and event. */
export function DeliveryFilters({ contract }: { contract: Webhook['contract'] }) {
  const [filter, setFilter] = useDeliveryFilter();
  const { data } = useQuery(catalogueQuery());
  const types = (data?.contracts.find(({ name }) => name === contract)?.events ?? []).map(({ type }) => type);
  const known = filter.event && !types.includes(filter.event) ? [filter.event, ...types] : types;
  return (
    <fieldset aria-label="Filter deliveries" className="flex flex-wrap items-center gap-2">
      <Select
        aria-label="Status"
        className="h-8 w-auto text-[0.8125rem]"
        value={filter.status ?? ''}
        onChange={({ target }) =>
          setFilter({ status: DELIVERY_STATUSES.find((status) => status === target.value) ?? null })
        }
      >
        <option value="">Every status</option>
        {DELIVERY_STATUSES.map((status) => (
          <option key={status} value={status}>
            {statusViews[status].label}
          </option>
        ))}
      </Select>
      <Select
        aria-label="Event"
        className="h-8 w-auto max-w-52 text-[0.8125rem]"
        value={filter.event ?? ''}
        onChange={({ target }) => setFilter({ event: target.value || null })}
      >
        <option value="">Every event</option>
        {known.map((type) => (
          <option key={type} value={type}>
            {eventInWords(type)}
          </option>
        ))}
      </Select>
      {filter.status || filter.event ? (
        <Button size="sm" variant="ghost" onClick={() => setFilter(null)}>
          <X aria-hidden />
          Clear
        </Button>
      ) : null}
    </fieldset>
  );
}
