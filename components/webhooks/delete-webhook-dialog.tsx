'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { AlertDialog } from '@/components/ui/alert-dialog';
import type { Webhook } from '@/lib/shapes/recruiter';
import { deleteWebhook } from './data/mutations';
import { urlInWords } from './model/url';
import { countOf } from './model/webhook-view';

interface DeleteWebhookDialogProps {
  webhook: Webhook;
  onClose: () => void;
  onDeleted?: () => void;
}

/** Asks before a webhook goes, and names what goes with it. */
export function DeleteWebhookDialog({ webhook, onClose, onDeleted }: DeleteWebhookDialogProps) {
  const remove = useMutation(deleteWebhook(useQueryClient(), webhook.id));
  const waiting = webhook.open_count + webhook.held_count;
  const confirm = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        toast.success('Webhook deleted');
        onClose();
        onDeleted?.();
      },
    });
  return (
    <AlertDialog
      open
      onOpenChange={onClose}
      title="Delete this webhook?"
      confirm="Delete"
      cancel="Keep it"
      danger
      busy={remove.isPending}
      error={remove.error?.message}
      onConfirm={confirm}
    >
      <p>
        <span className="break-all font-medium text-ink">{urlInWords(webhook.url)}</span> will get no more
        events, and its secret is destroyed. This cannot be taken back.
      </p>
      {waiting > 0 ? (
        <p className="rounded-lg bg-bad-soft px-3 py-2 text-bad">
          {countOf(waiting, 'delivery', 'deliveries')} not sent yet will never be sent.
        </p>
      ) : null}
      <p>To pause it instead, switch it off: its events are then kept.</p>
    </AlertDialog>
  );
}
