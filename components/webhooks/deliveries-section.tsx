'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Filter, PackageOpen, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState, ErrorState } from '@/components/ui/empty-state';
import { SkeletonRows } from '@/components/ui/skeleton';
import type { Webhook } from '@/lib/shapes/recruiter';
import { deliveriesQuery } from './data/queries';
import { DeliveryFilters } from './delivery-filters';
import { DeliveryTable } from './delivery-table';
import { LoadMore } from './load-more';
import { RecoverDialog } from './recover-dialog';
import { useDeliveryFilter } from './use-delivery-filter';
import { usePermissions } from './use-permissions';

/** A webhook's deliveries: filtered, paged, and kept up to date while one looks. */
export function DeliveriesSection({ webhook }: { webhook: Webhook }) {
  const [filter, setFilter] = useDeliveryFilter();
  const { canWrite } = usePermissions();
  const [recovering, setRecovering] = useState(false);
  const deliveries = useInfiniteQuery(deliveriesQuery(webhook.id, filter));
  const rows = deliveries.data?.pages.flatMap((page) => page.deliveries) ?? [];
  const filtered = filter.status !== null || filter.event !== null;

  return (
    <Card aria-label="Deliveries" className="min-w-0 overflow-hidden">
      <header className="flex flex-wrap items-center justify-between gap-3 border-line border-b px-5 py-3">
        <h2 className="font-semibold tracking-[-0.01em]">Deliveries</h2>
        <div className="flex flex-wrap items-center gap-2">
          <DeliveryFilters contract={webhook.contract} />
          {canWrite && webhook.is_active ? (
            <Button size="sm" onClick={() => setRecovering(true)}>
              <RotateCcw aria-hidden />
              Resend failed…
            </Button>
          ) : null}
        </div>
      </header>
      {deliveries.isPending ? (
        <div className="p-5">
          <SkeletonRows rows={6} label="Loading deliveries" />
        </div>
      ) : null}
      {deliveries.isError && !deliveries.data ? (
        <ErrorState
          title="The deliveries could not be loaded"
          error={deliveries.error}
          onRetry={() => deliveries.refetch()}
          retrying={deliveries.isFetching}
        />
      ) : null}
      {deliveries.data && rows.length === 0 ? (
        filtered ? (
          <EmptyState
            icon={Filter}
            title="No delivery like this"
            action={<Button onClick={() => setFilter(null)}>Show all deliveries</Button>}
          >
            None of this webhook’s deliveries fits the filter.
          </EmptyState>
        ) : (
          <EmptyState icon={PackageOpen} title="Nothing was sent yet">
            As soon as one of its events happens, it appears here. Press Test to see one at once.
          </EmptyState>
        )
      ) : null}
      {rows.length > 0 ? <DeliveryTable deliveries={rows} label="Deliveries of this webhook" /> : null}
      <LoadMore query={deliveries} />
      {recovering ? <RecoverDialog webhookId={webhook.id} onClose={() => setRecovering(false)} /> : null}
    </Card>
  );
}
