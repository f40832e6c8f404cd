'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/empty-state';
import { SkeletonRows } from '@/components/ui/skeleton';
import type { Webhook } from '@/lib/shapes/recruiter';
import { updateWebhook } from './data/mutations';
import { catalogueQuery } from './data/queries';
import { formOf, updateBody } from './model/webhook-form';
import { usePermissions } from './use-permissions';
import { useWebhookForm } from './use-webhook-form';
import { WebhookFields } from './webhook-fields';

/** Changing a webhook's address, events, description and headers; its contract stays for life. */
export function EditWebhookDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const formId = useId();
  const { allowHttp } = usePermissions();
  const catalogue = useQuery(catalogueQuery());
  const update = useMutation(updateWebhook(useQueryClient(), webhook.id));
  const { form, formRef, tried, problems, general, change, leaveUrl, submit } = useWebhookForm(
    formOf(webhook),
    allowHttp,
    update.error,
  );
  const save = () =>
    submit((valid) => {
      const body = updateBody(valid, webhook);
      if (Object.keys(body).length === 0) return onClose();
      update.mutate(body, {
        onSuccess: () => {
          toast.success('Webhook saved');
          onClose();
        },
      });
    });

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Edit webhook"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            busy={update.isPending}
            disabled={!catalogue.data}
          >
            Save changes
          </Button>
        </>
      }
    >
      {catalogue.isPending ? <SkeletonRows rows={5} label="Loading the form" /> : null}
      {catalogue.isError ? (
        <ErrorState
          title="The list of events did not come"
          error={catalogue.error}
          onRetry={() => catalogue.refetch()}
        />
      ) : null}
      {catalogue.data ? (
        <form
          id={formId}
          ref={formRef}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <WebhookFields
            form={form}
            onChange={change}
            onUrlBlur={leaveUrl}
            problems={problems}
            contracts={catalogue.data.contracts}
            tried={tried}
            existingHeaders={webhook.headers}
          />
          <p role="alert" className="mt-4 text-bad empty:hidden">
            {general}
          </p>
        </form>
      ) : null}
    </Dialog>
  );
}
