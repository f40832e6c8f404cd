'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus, Webhook as WebhookIcon } from 'lucide-react';
import { parseAsBoolean, useQueryState } from 'nuqs';
import { PageHeader } from '@/components/shell/page-header';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState, ErrorState } from '@/components/ui/empty-state';
import { Skeleton } from '@/components/ui/skeleton';
import { AddWebhookDialog } from './add-webhook-dialog';
import { webhooksQuery } from './data/queries';
import { usePermissions } from './use-permissions';
import { WebhookRow } from './webhook-row';

function Loading() {
  return (
    <div role="status" aria-label="Loading webhooks" className="divide-y divide-line">
      {['a', 'b', 'c'].map((row) => (
        <div key={row} className="flex items-center gap-4 px-5 py-5">
          <div className="grid flex-1 gap-2.5">
            <Skeleton className="h-4 w-72 max-w-full" />
            <Skeleton className="h-3.5 w-48" />
          </div>
          <Skeleton className="h-5 w-9 rounded-full" />
        </div>
      ))}
    </div>
  );
}

/** The webhooks of the organization. */
export function WebhooksView() {
  const webhooks = useQuery(webhooksQuery());
  const { canWrite } = usePermissions();
  const [adding, setAdding] = useQueryState('add', parseAsBoolean.withDefault(false));
  const add = canWrite ? (
    <Button variant="primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden />
      Add webhook
    </Button>
  ) : null;

  return (
    <>
      <PageHeader title="Webhooks" actions={webhooks.data?.length ? add : null}>
        Each one tells another system what happens in your hiring, the moment it happens.
      </PageHeader>
      <Card aria-label="Your webhooks" className="overflow-hidden">
        {webhooks.isPending ? <Loading /> : null}
        {webhooks.isError && !webhooks.data ? (
          <ErrorState
            title="Your webhooks could not be loaded"
            error={webhooks.error}
            onRetry={() => webhooks.refetch()}
            retrying={webhooks.isFetching}
          />
        ) : null}
        {webhooks.data?.length === 0 ? (
          <EmptyState icon={WebhookIcon} title="No webhooks yet" action={add}>
            Add the address of a system that should hear about applications, interviews or offers. You can
            test it at once.
          </EmptyState>
        ) : null}
        {webhooks.data?.length ? (
          <ul className="divide-y divide-line">
            {webhooks.data.map((webhook) => (
              <WebhookRow key={webhook.id} webhook={webhook} />
            ))}
          </ul>
        ) : null}
      </Card>
      {adding && canWrite ? <AddWebhookDialog onClose={() => setAdding(null)} /> : null}
    </>
  );
}
