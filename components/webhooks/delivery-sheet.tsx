'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Sheet } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/empty-state';
import { SkeletonRows } from '@/components/ui/skeleton';
import { useNow } from '@/components/ui/time';
import { retryDelivery } from './data/mutations';
import { deliveryQuery } from './data/queries';
import { DeliveryDetails } from './delivery-details';
import { deliveryView } from './model/delivery-view';
import { eventInWords } from './model/event-words';
import { useOpenDelivery } from './use-delivery-filter';
import { usePermissions } from './use-permissions';

function OpenDelivery({ id, onClose }: { id: string; onClose: () => void }) {
  const delivery = useQuery(deliveryQuery(id));
  const { canWrite } = usePermissions();
  const retry = useMutation(retryDelivery(useQueryClient(), id));
  const now = useNow(1_000);
  const resend = () =>
    retry.mutate(undefined, {
      onSuccess: () => toast.success('Sent again'),
      onError: (error) => toast.error(error.message),
    });
  const resendable = delivery.data && canWrite && deliveryView(delivery.data, now).canResend;

  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={delivery.data ? eventInWords(delivery.data.event) : 'Delivery'}
      description={<code className="break-all font-mono text-xs">{id}</code>}
      footer={
        resendable ? (
          <Button variant="primary" busy={retry.isPending} onClick={resend}>
            {retry.isPending ? null : <RotateCcw aria-hidden />}
            Resend
          </Button>
        ) : null
      }
    >
      {delivery.isPending ? <SkeletonRows rows={4} label="Loading the delivery" className="h-16" /> : null}
      {delivery.isError && !delivery.data ? (
        <ErrorState
          title="This delivery could not be loaded"
          error={delivery.error}
          onRetry={() => delivery.refetch()}
          retrying={delivery.isFetching}
        />
      ) : null}
      {delivery.data ? <DeliveryDetails delivery={delivery.data} now={now} /> : null}
    </Sheet>
  );
}

/** The delivery that the URL names, in a panel beside the page; nothing when it names none. */
export function DeliverySheet() {
  const [id, setId] = useOpenDelivery();
  return id ? <OpenDelivery id={id} onClose={() => setId(null)} /> : null;
}
