'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { AlertDialog } from '@/components/ui/alert-dialog';
import { revokeApiKey } from '@/components/webhooks/data/mutations';
import type { ApiKey } from '@/lib/shapes/recruiter';

/** Asks before a key stops working. */
export function RevokeKeyDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const revoke = useMutation(revokeApiKey(useQueryClient(), apiKey.id));
  const confirm = () =>
    revoke.mutate(undefined, {
      onSuccess: () => {
        toast.success('API key revoked');
        onClose();
      },
    });
  return (
    <AlertDialog
      open
      onOpenChange={onClose}
      title="Revoke this key?"
      confirm="Revoke"
      cancel="Keep it"
      danger
      busy={revoke.isPending}
      error={revoke.error?.message}
      onConfirm={confirm}
    >
      <p>
        Whatever uses <span className="font-medium text-ink">{apiKey.name}</span> is refused from now on, and
        its events are not announced any more. This cannot be taken back.
      </p>
    </AlertDialog>
  );
}
