'use client';

import { Pencil, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import type { Webhook } from '@/lib/shapes/recruiter';
import { ActiveSwitch } from './active-switch';
import { ContractBadge } from './contract-badge';
import { DeleteWebhookDialog } from './delete-webhook-dialog';
import { EditWebhookDialog } from './edit-webhook-dialog';
import { urlParts } from './model/url';
import { TestButton } from './test-dialog';
import { usePermissions } from './use-permissions';

/** A webhook's name, its switch, and what can be done with it. */
export function WebhookHeader({ webhook }: { webhook: Webhook }) {
  const router = useRouter();
  const { canWrite } = usePermissions();
  const [dialog, setDialog] = useState<'edit' | 'delete' | null>(null);
  const close = () => setDialog(null);
  const { host, rest } = urlParts(webhook.url);
  const nameId = `webhook-${webhook.id}`;
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <h1
            id={nameId}
            className="break-all font-mono font-semibold text-base leading-7 sm:text-xl sm:leading-8 tracking-[-0.03em]"
          >
            {host}
            <span className="font-normal text-ink-3">{rest}</span>
          </h1>
          <CopyButton value={webhook.url} label="Copy URL" />
          <ContractBadge name={webhook.contract} />
        </div>
        {webhook.description ? <p className="mt-0.5 text-ink-2">{webhook.description}</p> : null}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <span className="mr-2 flex items-center gap-2 text-ink-2">
          <ActiveSwitch webhook={webhook} describedBy={nameId} />
          {webhook.is_active ? 'On' : 'Off'}
        </span>
        <TestButton webhook={webhook} />
        {canWrite ? (
          <>
            <Button size="sm" onClick={() => setDialog('edit')}>
              <Pencil aria-hidden />
              Edit
            </Button>
            <Button size="sm" variant="dangerGhost" onClick={() => setDialog('delete')}>
              <Trash2 aria-hidden />
              Delete
            </Button>
          </>
        ) : null}
      </div>
      {dialog === 'edit' ? <EditWebhookDialog webhook={webhook} onClose={close} /> : null}
      {dialog === 'delete' ? (
        <DeleteWebhookDialog
          webhook={webhook}
          onClose={close}
          onDeleted={() => router.push('/recruiter/api')}
        />
      ) : null}
    </header>
  );
}
