'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, Unplug } from 'lucide-react';
import Link from 'next/link';
import { Card } from '@/components/ui/card';
import { EmptyState, ErrorState } from '@/components/ui/empty-state';
import { Skeleton, SkeletonRows } from '@/components/ui/skeleton';
import { ApiError } from './data/http';
import { webhookQuery } from './data/queries';
import { DeliveriesSection } from './deliveries-section';
import { DeliverySheet } from './delivery-sheet';
import { MissedNotice } from './missed-notice';
import { WebhookHeader } from './webhook-header';
import { WebhookSettings } from './webhook-settings';
import { WebhookStats } from './webhook-stats';

function Loading() {
  return (
    <div className="grid gap-5">
      <Skeleton className="h-8 w-80 max-w-full" />
      <Skeleton className="h-40" />
      <SkeletonRows rows={6} label="Loading the webhook" />
    </div>
  );
}

/** One webhook: its settings, how it does, and what it was told. */
export function WebhookPage({ id }: { id: string }) {
  const webhook = useQuery(webhookQuery(id));
  return (
    <>
      <Link
        href="/recruiter/api"
        className="mb-4 inline-flex items-center gap-1.5 rounded text-[0.8125rem] text-ink-3 hover:text-ink"
      >
        <ArrowLeft className="size-3.5" aria-hidden />
        All webhooks
      </Link>
      {webhook.isPending ? <Loading /> : null}
      {webhook.isError && !webhook.data ? (
        <Card>
          {webhook.error instanceof ApiError && webhook.error.status === 404 ? (
            <EmptyState icon={Unplug} title="There is no such webhook">
              It was deleted, or belongs to another organization.
            </EmptyState>
          ) : (
            <ErrorState
              title="This webhook could not be loaded"
              error={webhook.error}
              onRetry={() => webhook.refetch()}
              retrying={webhook.isFetching}
            />
          )}
        </Card>
      ) : null}
      {webhook.data ? (
        <div className="grid gap-5">
          <WebhookHeader webhook={webhook.data} />
          <MissedNotice webhook={webhook.data} />
          <div className="grid items-stretch gap-5 lg:grid-cols-[1.55fr_1fr]">
            <WebhookStats id={id} />
            <WebhookSettings webhook={webhook.data} />
          </div>
          <DeliveriesSection webhook={webhook.data} />
        </div>
      ) : null}
      <DeliverySheet />
    </>
  );
}
