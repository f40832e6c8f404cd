'use client';

import { ChevronRight } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import type { CatalogueContract } from '@/lib/shapes/recruiter';
import { EventPicker } from './event-picker';
import { HeadersEditor } from './headers-editor';
import { keepOffered } from './model/event-selection';
import type { FormProblems, WebhookForm } from './model/webhook-form';

interface WebhookFieldsProps {
  form: WebhookForm;
  onChange: (part: Partial<WebhookForm>) => void;
  onUrlBlur: () => void;
  problems: FormProblems;
  contracts: readonly CatalogueContract[];
  /** Whether the person has tried to send the form. */
  tried: boolean;
  /** Names of the headers an existing webhook has; null for a new one, whose contract can still be chosen. */
  existingHeaders: readonly string[] | null;
}

function ExistingHeaders({ names, onReplace }: { names: readonly string[]; onReplace: () => void }) {
  return (
    <div className="grid gap-2">
      <p className="text-ink-2">
        {names.length === 0 ? 'No custom headers.' : 'Custom headers: '}
        {names.map((name) => (
          <code key={name} className="mr-1.5 rounded bg-sunken px-1.5 py-0.5 font-mono text-xs">
            {name}
          </code>
        ))}
      </p>
      <Button size="sm" className="w-fit" onClick={onReplace}>
        {names.length === 0 ? 'Add headers' : 'Replace all headers'}
      </Button>
    </div>
  );
}

/** The fields that adding and editing a webhook share. */
export function WebhookFields(props: WebhookFieldsProps) {
  const { form, onChange, onUrlBlur, problems, contracts, tried, existingHeaders } = props;
  const contract = contracts.find((candidate) => candidate.name === form.contract);
  const chooseContract = (name: string) => {
    const next = contracts.find((candidate) => candidate.name === name);
    if (next) onChange({ contract: next.name, events: keepOffered(form.events, next) });
  };

  return (
    <div className="grid gap-5">
      <Field label="URL" hint="The address of your system that receives the events." error={problems.url}>
        {(wiring) => (
          <Input
            {...wiring}
            type="url"
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            placeholder="https://example.com/webhooks"
            className="font-mono text-[0.8125rem]"
            value={form.url}
            onChange={(event) => onChange({ url: event.target.value })}
            onBlur={onUrlBlur}
          />
        )}
      </Field>
      <Field
        label="Description"
        optional
        hint="What it is for, so that colleagues know."
        error={problems.description}
      >
        {(wiring) => (
          <Input
            {...wiring}
            value={form.description}
            onChange={(event) => onChange({ description: event.target.value })}
          />
        )}
      </Field>
      {existingHeaders === null ? (
        <Field
          label="Contract"
          hint={contract ? `What the receiving system was built for: ${contract.description}.` : undefined}
          error={problems.contract}
        >
          {(wiring) => (
            <Select
              {...wiring}
              value={form.contract}
              onChange={(event) => chooseContract(event.target.value)}
            >
              {contracts.map(({ name, title }) => (
                <option key={name} value={name}>
                  {title}
                </option>
              ))}
            </Select>
          )}
        </Field>
      ) : null}
      {contract ? (
        <EventPicker
          contract={contract}
          selected={form.events}
          onChange={(events) => onChange({ events })}
          error={problems.events}
        />
      ) : null}
      <details className="group" open={problems.headers ? true : undefined}>
        <summary className="flex w-fit list-none items-center gap-1.5 rounded font-medium text-[0.8125rem] text-ink-2 hover:text-ink">
          <ChevronRight className="size-4 transition-transform group-open:rotate-90" aria-hidden />
          Advanced
        </summary>
        <div className="pt-3 pl-5.5">
          {form.headers === null ? (
            <ExistingHeaders
              names={existingHeaders ?? []}
              onReplace={() => onChange({ headers: [{ id: 1, name: '', value: '' }] })}
            />
          ) : (
            <HeadersEditor
              rows={form.headers}
              onChange={(headers) => onChange({ headers })}
              showProblems={tried}
              error={problems.headers}
            />
          )}
        </div>
      </details>
    </div>
  );
}
