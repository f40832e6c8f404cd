'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { RadioCards } from '@/components/ui/radio-cards';
import { recoverDeliveries } from './data/mutations';
import { recoverableQuery } from './data/queries';
import { countOf } from './model/webhook-view';

const hourMs = 3_600_000;
const spans = [
  { value: '1', title: 'In the last hour' },
  { value: '24', title: 'In the last day' },
  { value: '168', title: 'In the last week' },
  { value: '2160', title: 'In the last 90 days' },
] as const;

type Span = (typeof spans)[number]['value'];

/** Sends again what failed since a time, after saying how many that are. */
export function RecoverDialog({ webhookId, onClose }: { webhookId: string; onClose: () => void }) {
  const [span, setSpan] = useState<Span>('24');
  const [openedAt] = useState(() => Date.now());
  const since = new Date(openedAt - Number(span) * hourMs).toISOString();
  const count = useQuery(recoverableQuery(webhookId, since));
  const recover = useMutation(recoverDeliveries(useQueryClient(), webhookId));
  const send = () =>
    recover.mutate(
      { statuses: ['failed'], since },
      {
        onSuccess: (sent) => {
          toast.success(`${countOf(sent, 'delivery', 'deliveries')} on the way again`);
          onClose();
        },
      },
    );
  const number = count.data ?? 0;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Resend what failed"
      description="Each goes out again under the same number, so that your system can tell it from a new one."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={recover.isPending} disabled={number === 0} onClick={send}>
            {number > 0 ? `Resend ${countOf(number, 'delivery', 'deliveries')}` : 'Resend'}
          </Button>
        </>
      }
    >
      <h3 className="mb-2 font-medium">Which of them?</h3>
      <RadioCards label="Failed when" value={span} onChange={setSpan} choices={spans} />
      <p aria-live="polite" className="mt-4 text-ink-2">
        {count.isPending ? 'Counting…' : null}
        {count.isError ? count.error.message : null}
        {count.isSuccess
          ? `${number === 0 ? 'No delivery' : countOf(number, 'delivery', 'deliveries')} failed in this time.`
          : null}
      </p>
      <p role="alert" className="mt-2 text-bad empty:hidden">
        {recover.error?.message}
      </p>
    </Dialog>
  );
}
