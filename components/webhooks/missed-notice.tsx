'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Inbox, PowerOff } from 'lucide-react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import type { Webhook } from '@/lib/shapes/recruiter';
import { recoverDeliveries } from './data/mutations';
import { countOf, disabledInWords } from './model/webhook-view';
import { usePermissions } from './use-permissions';

/** Says why a webhook is off, and offers to send what was held once it is on again. */
export function MissedNotice({ webhook }: { webhook: Webhook }) {
  const { canWrite } = usePermissions();
  const recover = useMutation(recoverDeliveries(useQueryClient(), webhook.id));
  const held = countOf(webhook.held_count, 'event');
  const send = () =>
    recover.mutate(
      { statuses: ['held'] },
      {
        onSuccess: (count) =>
          toast.success(`${countOf(count, 'held delivery', 'held deliveries')} on the way`),
        onError: (error) => toast.error(error.message),
      },
    );

  if (!webhook.is_active) {
    const why = disabledInWords(webhook);
    return (
      <p className="flex gap-2.5 rounded-xl bg-warn-soft px-4 py-3 text-warn">
        <PowerOff className="mt-0.5 size-4 shrink-0" aria-hidden />
        <span>
          {why ?? 'This webhook is off.'}{' '}
          {webhook.held_count > 0
            ? `${held} held for it so far: switch it on to send them.`
            : 'New events are held for it.'}
        </span>
      </p>
    );
  }
  if (webhook.held_count === 0) return null;
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 rounded-xl bg-held-soft px-4 py-2.5 text-held">
      <p className="flex gap-2.5">
        <Inbox className="mt-0.5 size-4 shrink-0" aria-hidden />
        {held} from the time it was off can still be sent.
      </p>
      {canWrite ? (
        <Button size="sm" busy={recover.isPending} onClick={send}>
          Send what was held
        </Button>
      ) : null}
    </div>
  );
}
