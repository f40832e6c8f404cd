'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { ErrorState } from '@/components/ui/empty-state';
import { Skeleton } from '@/components/ui/skeleton';
import { useNow } from '@/components/ui/time';
import { statsQuery } from './data/queries';
import { DeliveryChart } from './delivery-chart';
import { histogram } from './model/histogram';
import { durationInWords } from './model/outcome';
import { percent } from './model/webhook-view';

const days = 7;
const hoursPerBar = 6;

function Figure({ label, children, note }: { label: string; children: ReactNode; note?: string }) {
  return (
    <div className="grid content-start">
      <dt className="text-ink-3 text-xs">{label}</dt>
      <dd className="tabular font-semibold text-xl leading-8 tracking-[-0.02em]">{children}</dd>
      {note ? <dd className="tabular text-ink-3 text-xs">{note}</dd> : null}
    </div>
  );
}

/** How a webhook did in the last seven days. */
export function WebhookStats({ id }: { id: string }) {
  const stats = useQuery(statsQuery(id, days));
  const now = useNow(60_000);
  return (
    <Card aria-label="Last 7 days" className="flex min-w-0 flex-col gap-4 px-5 py-4">
      <h2 className="font-semibold tracking-[-0.01em]">Last 7 days</h2>
      {stats.isPending ? (
        <div role="status" aria-label="Loading statistics" className="grid gap-4">
          <Skeleton className="h-14" />
          <Skeleton className="h-28" />
        </div>
      ) : null}
      {stats.isError && !stats.data ? (
        <ErrorState
          title="The statistics could not be loaded"
          error={stats.error}
          onRetry={() => stats.refetch()}
        />
      ) : null}
      {stats.data ? (
        <>
          <dl className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-4">
            <Figure label="Delivered">
              {stats.data.statistics.total === 0 ? '–' : percent(stats.data.statistics.success_rate)}
            </Figure>
            <Figure
              label="Deliveries"
              note={`${stats.data.statistics.attempts.toLocaleString('en')} attempts`}
            >
              {stats.data.statistics.total.toLocaleString('en')}
            </Figure>
            <Figure
              label="Failed"
              note={
                stats.data.statistics.error > 0
                  ? `${stats.data.statistics.error.toLocaleString('en')} without an answer`
                  : ''
              }
            >
              {(stats.data.statistics.failed + stats.data.statistics.error).toLocaleString('en')}
            </Figure>
            <Figure label="Average time to answer">
              {stats.data.statistics.average_duration_ms === null
                ? '–'
                : durationInWords(stats.data.statistics.average_duration_ms)}
            </Figure>
          </dl>
          <DeliveryChart
            bars={histogram(stats.data.hours, now, days, hoursPerBar)}
            hoursPerBar={hoursPerBar}
          />
        </>
      ) : null}
    </Card>
  );
}
