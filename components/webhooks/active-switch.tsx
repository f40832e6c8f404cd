'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { AlertDialog } from '@/components/ui/alert-dialog';
import { Switch } from '@/components/ui/switch';
import type { Webhook } from '@/lib/shapes/recruiter';
import { recoverDeliveries, updateWebhook } from './data/mutations';
import { countOf } from './model/webhook-view';
import { usePermissions } from './use-permissions';

/**
 * Switches a webhook on and off. Off: warns that its events will be held. On: offers to send what was held.
 * `describedBy` is the id of the element that names the webhook.
 */
export function ActiveSwitch({ webhook, describedBy }: { webhook: Webhook; describedBy: string }) {
  const client = useQueryClient();
  const { canWrite } = usePermissions();
  const [asking, setAsking] = useState<'off' | 'send' | null>(null);
  const update = useMutation(updateWebhook(client, webhook.id));
  const recover = useMutation(recoverDeliveries(client, webhook.id));
  const [held, setHeld] = useState(0);
  const wanted = update.isPending ? update.variables.is_active : undefined;

  const set = (active: boolean) =>
    update.mutate(
      { is_active: active },
      {
        onSuccess: (saved) => {
          const missed = Math.max(webhook.held_count, saved.held_count);
          setHeld(missed);
          setAsking(active && missed > 0 ? 'send' : null);
          toast.success(active ? 'Webhook is on' : 'Webhook is off');
        },
        onError: (error) => toast.error(error.message),
      },
    );
  const send = () =>
    recover.mutate(
      { statuses: ['held'] },
      {
        onSuccess: (count) => {
          toast.success(`${countOf(count, 'held delivery', 'held deliveries')} on the way`);
          setAsking(null);
        },
      },
    );

  return (
    <>
      <Switch
        aria-label="Active"
        aria-describedby={describedBy}
        checked={wanted ?? webhook.is_active}
        disabled={!canWrite}
        onCheckedChange={(checked) => (checked ? set(true) : setAsking('off'))}
      />
      <AlertDialog
        open={asking === 'off'}
        onOpenChange={() => setAsking(null)}
        title="Switch this webhook off?"
        confirm="Switch off"
        cancel="Leave it on"
        busy={update.isPending}
        error={update.error?.message}
        onConfirm={() => set(false)}
      >
        <p>
          It gets no events while it is off. They are kept as{' '}
          <strong className="font-medium text-ink">held</strong>, and when you switch it on again you can send
          what it missed.
        </p>
        {webhook.open_count > 0 ? (
          <p>{countOf(webhook.open_count, 'delivery', 'deliveries')} still under way will be held too.</p>
        ) : null}
      </AlertDialog>
      <AlertDialog
        open={asking === 'send'}
        onOpenChange={() => setAsking(null)}
        title="Send what it missed?"
        confirm={`Send ${countOf(held, 'event')}`}
        cancel="Not now"
        busy={recover.isPending}
        error={recover.error?.message}
        onConfirm={send}
      >
        <p>
          While it was off, {countOf(held, 'event was', 'events were')} kept for it. If your system should not
          hear of them any more, choose “Not now”: they stay on the webhook’s page.
        </p>
      </AlertDialog>
    </>
  );
}
