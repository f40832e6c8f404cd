'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import type { Webhook } from '@/lib/shapes/recruiter';
import { testWebhook } from './data/mutations';
import { catalogueQuery } from './data/queries';
import { eventInWords } from './model/event-words';
import { TestResult } from './test-result';
import { usePermissions } from './use-permissions';

const plain = '';

interface TestButtonProps {
  webhook: Webhook;
  describedBy?: string;
}

/** Sends a test at once and shows the answer; another sample can be sent from there. */
export function TestButton({ webhook, describedBy }: TestButtonProps) {
  const [open, setOpen] = useState(false);
  const [sample, setSample] = useState(plain);
  const { canWrite } = usePermissions();
  const test = useMutation(testWebhook(useQueryClient(), webhook.id));
  const catalogue = useQuery({ ...catalogueQuery(), enabled: open });
  const offered =
    catalogue.data?.contracts.find((contract) => contract.name === webhook.contract)?.events ?? [];
  const send = (eventType: string) => test.mutate(eventType === plain ? null : eventType);

  const start = () => {
    setSample(plain);
    setOpen(true);
    send(plain);
  };
  return (
    <>
      <Button size="sm" aria-describedby={describedBy} disabled={!canWrite} onClick={start}>
        <FlaskConical aria-hidden />
        Test
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Test delivery"
        description="It goes to this webhook only, once, and counts in no statistic."
      >
        <div className="grid gap-5">
          <TestResult
            answer={test.data ?? null}
            pending={test.isPending}
            error={test.error}
            url={webhook.url}
            webhookId={webhook.id}
          />
          <form
            className="flex flex-wrap items-end gap-2"
            onSubmit={(event) => {
              event.preventDefault();
              if (!test.isPending) send(sample);
            }}
          >
            <Field label="What to send" className="min-w-52 flex-1">
              {(wiring) => (
                <Select {...wiring} value={sample} onChange={(event) => setSample(event.target.value)}>
                  <option value={plain}>A plain test</option>
                  {offered.map((event) => (
                    <option key={event.name} value={event.type}>
                      {eventInWords(event.name)} (sample)
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <Button type="submit" variant="primary" busy={test.isPending}>
              Send again
            </Button>
          </form>
        </div>
      </Dialog>
    </>
  );
}
