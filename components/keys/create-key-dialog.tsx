'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { RadioCards } from '@/components/ui/radio-cards';
import { ApiError } from '@/components/webhooks/data/http';
import { createApiKey } from '@/components/webhooks/data/mutations';
import { catalogueQuery } from '@/components/webhooks/data/queries';
import { scopeViews } from '@/components/webhooks/model/status';
import { OnceOnly } from '@/components/webhooks/secret-reveal';
import { API_KEY_SCOPES, type ApiKeyScope } from '@/lib/shapes/recruiter';
import { publishSnippet } from './publish-snippet';

const scopes = API_KEY_SCOPES.map((value) => ({
  value,
  title: scopeViews[value].label,
  description: scopeViews[value].meaning,
}));

function CreatedKey({ value, onClose }: { value: string; onClose: () => void }) {
  const event = useQuery(catalogueQuery()).data?.events[0];
  return (
    <Dialog
      open
      onOpenChange={onClose}
      dismissible={false}
      title="API key made"
      footer={
        <Button variant="primary" onClick={onClose}>
          I have stored the key
        </Button>
      }
    >
      <div className="grid gap-6">
        <OnceOnly value={value} label="API key">
          Copy the key now and store it with your hiring platform. It is not shown again.
        </OnceOnly>
        {event ? (
          <section aria-label="Try it" className="grid min-w-0 gap-2">
            <h3 className="font-semibold">Try it</h3>
            <p className="text-ink-3">This publishes a sample event to every webhook that asked for it.</p>
            <CodeBlock label="Command" code={publishSnippet(window.location.origin, value, event)} />
          </section>
        ) : null}
      </div>
    </Dialog>
  );
}

/** Making an API key: its name and what it may do, then the key, once. */
export function CreateKeyDialog({ onClose }: { onClose: () => void }) {
  const formId = useId();
  const [name, setName] = useState('');
  const [scope, setScope] = useState<ApiKeyScope>('publish');
  const [tried, setTried] = useState(false);
  const create = useMutation(createApiKey(useQueryClient()));
  if (create.data) return <CreatedKey value={create.data.key} onClose={onClose} />;

  const refused = create.error instanceof ApiError ? create.error.fields.name?.join(' ') : undefined;
  const missing =
    tried && name.trim() === ''
      ? 'Give the key a name, so that you know later where it is in use.'
      : undefined;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Create API key"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" busy={create.isPending}>
            Create key
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (name.trim() !== '') create.mutate({ name: name.trim(), scope });
        }}
      >
        <Field label="Name" hint="Where it is used: “ATS, production”, say." error={missing ?? refused}>
          {(wiring) => (
            <Input
              {...wiring}
              autoComplete="off"
              maxLength={120}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <div className="grid gap-2">
          <h3 className="font-medium text-[0.8125rem]">What it may do</h3>
          <RadioCards label="What it may do" value={scope} onChange={setScope} choices={scopes} />
        </div>
        <p role="alert" className="text-bad empty:hidden">
          {create.error && !refused ? create.error.message : null}
        </p>
      </form>
    </Dialog>
  );
}
