'use client';

import { useQuery } from '@tanstack/react-query';
import { BookOpenText, SearchX } from 'lucide-react';
import { parseAsString, useQueryStates } from 'nuqs';
import { PageHeader } from '@/components/shell/page-header';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState, ErrorState } from '@/components/ui/empty-state';
import { Input, Select } from '@/components/ui/input';
import { SkeletonRows } from '@/components/ui/skeleton';
import { catalogueQuery } from '@/components/webhooks/data/queries';
import { EventDoc } from './event-doc';
import { findEvents } from './find-events';

const filters = {
  search: parseAsString.withDefault(''),
  contract: parseAsString.withDefault(''),
  open: parseAsString.withDefault(''),
};

/** Every event that can be announced: when it happens, what it says, and an example. */
export function CatalogueView() {
  const catalogue = useQuery(catalogueQuery());
  const [{ search, contract, open }, set] = useQueryStates(filters);
  const groups = catalogue.data ? findEvents(catalogue.data, search, contract) : [];
  return (
    <>
      <PageHeader
        title="Catalogue"
        actions={
          <>
            <Select
              aria-label="Contract"
              className="w-auto"
              value={contract}
              onChange={({ target }) => set({ contract: target.value || null })}
            >
              <option value="">Every contract</option>
              {catalogue.data?.contracts.map(({ name, title }) => (
                <option key={name} value={name}>
                  {title}
                </option>
              ))}
            </Select>
            <Input
              type="search"
              aria-label="Search events"
              placeholder="Search events"
              className="w-52"
              value={search}
              onChange={({ target }) => set({ search: target.value || null })}
            />
          </>
        }
      >
        Every event that can be announced: when it happens, and what it says.
      </PageHeader>
      {catalogue.isPending ? <SkeletonRows rows={6} label="Loading the catalogue" className="h-14" /> : null}
      {catalogue.isError ? (
        <Card>
          <ErrorState
            title="The catalogue could not be loaded"
            error={catalogue.error}
            onRetry={() => catalogue.refetch()}
            retrying={catalogue.isFetching}
          />
        </Card>
      ) : null}
      {catalogue.data && groups.length === 0 ? (
        <Card>
          <EmptyState
            icon={search || contract ? SearchX : BookOpenText}
            title="No such event"
            action={<Button onClick={() => set(null)}>Show all events</Button>}
          >
            Nothing in the catalogue fits.
          </EmptyState>
        </Card>
      ) : null}
      <div className="grid gap-7">
        {groups.map(({ name, events }, index) => (
          <section key={name} aria-labelledby={`group-${index}`}>
            <h2 id={`group-${index}`} className="mb-2 font-semibold tracking-[-0.01em]">
              {name}
            </h2>
            <Card className="divide-y divide-line overflow-hidden">
              {events.map((event) => (
                <EventDoc
                  key={event.type}
                  event={event}
                  open={event.type === open}
                  onToggle={(opened) => set({ open: opened ? event.type : null })}
                />
              ))}
            </Card>
          </section>
        ))}
      </div>
    </>
  );
}
