'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/empty-state';
import { SkeletonRows } from '@/components/ui/skeleton';
import type { CatalogueContract } from '@/lib/shapes/recruiter';
import { createWebhook } from './data/mutations';
import { catalogueQuery } from './data/queries';
import { createBody, emptyForm } from './model/webhook-form';
import { SecretReveal } from './secret-reveal';
import { usePermissions } from './use-permissions';
import { useWebhookForm } from './use-webhook-form';
import { WebhookFields } from './webhook-fields';

function Steps({ contracts, onClose }: { contracts: readonly CatalogueContract[]; onClose: () => void }) {
  const formId = useId();
  const { allowHttp } = usePermissions();
  const create = useMutation(createWebhook(useQueryClient()));
  const { form, formRef, tried, problems, general, change, leaveUrl, submit } = useWebhookForm(
    emptyForm,
    allowHttp,
    create.error,
  );

  if (create.data) {
    return (
      <Dialog
        open
        onOpenChange={onClose}
        dismissible={false}
        title="Webhook added"
        description="It receives events from now on."
        footer={
          <Button variant="primary" onClick={onClose}>
            I have stored the secret
          </Button>
        }
      >
        <SecretReveal secret={create.data.secret} />
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Add webhook"
      description="Tell another system what happens in your hiring."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" busy={create.isPending}>
            Save webhook
          </Button>
        </>
      }
    >
      <form
        id={formId}
        ref={formRef}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit((valid) => create.mutate(createBody(valid)));
        }}
      >
        <WebhookFields
          form={form}
          onChange={change}
          onUrlBlur={leaveUrl}
          problems={problems}
          contracts={contracts}
          tried={tried}
          existingHeaders={null}
        />
        <p role="alert" className="mt-4 text-bad empty:hidden">
          {general}
        </p>
      </form>
    </Dialog>
  );
}

/** Adding a webhook: its form, then its secret, once. */
export function AddWebhookDialog({ onClose }: { onClose: () => void }) {
  const catalogue = useQuery(catalogueQuery());
  if (catalogue.data) return <Steps contracts={catalogue.data.contracts} onClose={onClose} />;
  return (
    <Dialog open onOpenChange={onClose} title="Add webhook">
      {catalogue.isError ? (
        <ErrorState
          title="The list of events did not come"
          error={catalogue.error}
          onRetry={() => catalogue.refetch()}
        />
      ) : (
        <SkeletonRows rows={5} label="Loading the form" />
      )}
    </Dialog>
  );
}
