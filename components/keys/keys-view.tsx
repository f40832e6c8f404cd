'use client';

import { useQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { parseAsBoolean, useQueryState } from 'nuqs';
import { useState } from 'react';
import { PageHeader } from '@/components/shell/page-header';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState, ErrorState } from '@/components/ui/empty-state';
import { SkeletonRows } from '@/components/ui/skeleton';
import { RelativeTime } from '@/components/ui/time';
import { apiKeysQuery } from '@/components/webhooks/data/queries';
import { scopeViews } from '@/components/webhooks/model/status';
import { usePermissions } from '@/components/webhooks/use-permissions';
import type { ApiKey } from '@/lib/shapes/recruiter';
import { CreateKeyDialog } from './create-key-dialog';
import { RevokeKeyDialog } from './revoke-key-dialog';

function KeyRow({ apiKey, canWrite }: { apiKey: ApiKey; canWrite: boolean }) {
  const [revoking, setRevoking] = useState(false);
  const scope = scopeViews[apiKey.scope];
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3.5">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-x-2.5">
          <span className="font-medium">{apiKey.name}</span>
          <Badge tone={scope.tone}>{scope.label}</Badge>
        </p>
        <p className="text-ink-3 text-xs">
          <code className="font-mono">{apiKey.prefix}…</code> · made <RelativeTime at={apiKey.created_at} />
        </p>
      </div>
      <p className="text-ink-3 text-xs">
        {apiKey.last_used_at ? (
          <>
            Last used <RelativeTime at={apiKey.last_used_at} />
          </>
        ) : (
          'Never used'
        )}
      </p>
      {canWrite ? (
        <Button
          size="sm"
          variant="dangerGhost"
          aria-label={`Revoke ${apiKey.name}`}
          onClick={() => setRevoking(true)}
        >
          Revoke
        </Button>
      ) : null}
      {revoking ? <RevokeKeyDialog apiKey={apiKey} onClose={() => setRevoking(false)} /> : null}
    </li>
  );
}

/** The organization's API keys. */
export function KeysView() {
  const apiKeys = useQuery(apiKeysQuery());
  const { canWrite } = usePermissions();
  const [creating, setCreating] = useQueryState('add', parseAsBoolean.withDefault(false));
  const create = canWrite ? (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus aria-hidden />
      Create API key
    </Button>
  ) : null;
  return (
    <>
      <PageHeader title="API keys" actions={apiKeys.data?.length ? create : null}>
        Your hiring platform shows a key when it announces an event. Each system should have its own.
      </PageHeader>
      <Card aria-label="Your API keys" className="overflow-hidden">
        {apiKeys.isPending ? (
          <div className="p-5">
            <SkeletonRows rows={3} label="Loading API keys" />
          </div>
        ) : null}
        {apiKeys.isError && !apiKeys.data ? (
          <ErrorState
            title="The API keys could not be loaded"
            error={apiKeys.error}
            onRetry={() => apiKeys.refetch()}
            retrying={apiKeys.isFetching}
          />
        ) : null}
        {apiKeys.data?.length === 0 ? (
          <EmptyState icon={KeyRound} title="No API keys yet" action={create}>
            With a key, your hiring platform can announce what happens, and your webhooks tell everybody who
            asked.
          </EmptyState>
        ) : null}
        {apiKeys.data?.length ? (
          <ul className="divide-y divide-line">
            {apiKeys.data.map((apiKey) => (
              <KeyRow key={apiKey.id} apiKey={apiKey} canWrite={canWrite} />
            ))}
          </ul>
        ) : null}
      </Card>
      {creating && canWrite ? <CreateKeyDialog onClose={() => setCreating(null)} /> : null}
    </>
  );
}
