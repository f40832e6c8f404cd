'use client';

import { ChevronRight } from 'lucide-react';
import { useId } from 'react';
import { Badge } from '@/components/ui/badge';
import { cn } from '@/components/ui/cn';
import { CodeBlock } from '@/components/ui/code-block';
import { RelativeTime } from '@/components/ui/time';
import { eventInWords } from '@/components/webhooks/model/event-words';
import type { PublishedEvent } from '@/lib/shapes/recruiter';
import { EventDeliveries } from './event-deliveries';
import { reach } from './reach';

interface EventRowProps {
  event: PublishedEvent;
  open: boolean;
  onToggle: (open: boolean) => void;
}

const references: readonly [
  label: string,
  field: 'candidate_id' | 'application_id' | 'job_id' | 'user_id',
][] = [
  ['Candidate', 'candidate_id'],
  ['Application', 'application_id'],
  ['Job', 'job_id'],
  ['User', 'user_id'],
];

function Details({ event }: { event: PublishedEvent }) {
  return (
    <div className="grid min-w-0 gap-5">
      <dl className="flex flex-wrap gap-x-8 gap-y-2 text-xs">
        {references.map(([label, field]) =>
          event[field] ? (
            <div key={field}>
              <dt className="text-ink-3">{label}</dt>
              <dd className="break-all font-mono">{event[field]}</dd>
            </div>
          ) : null,
        )}
        <div>
          <dt className="text-ink-3">Event</dt>
          <dd className="break-all font-mono">{event.id}</dd>
        </div>
      </dl>
      <EventDeliveries eventId={event.id} />
      <CodeBlock label="Data" code={JSON.stringify(event.data, null, 2)} />
    </div>
  );
}

/** One event; opens to whom it was told, and what it says. */
export function EventRow({ event, open, onToggle }: EventRowProps) {
  const panelId = useId();
  const { tone, label } = reach(event);
  return (
    <li>
      <h2>
        <button
          type="button"
          aria-expanded={open}
          aria-controls={panelId}
          onClick={() => onToggle(!open)}
          className="flex w-full flex-wrap items-center gap-x-4 gap-y-1 px-5 py-3 text-left -outline-offset-2 transition-colors hover:bg-sunken/60"
        >
          <ChevronRight
            className={cn('size-4 shrink-0 text-ink-3 transition-transform', open && 'rotate-90')}
            aria-hidden
          />
          <span className="min-w-0 flex-1 font-medium">
            {eventInWords(event.type)}{' '}
            <code className="ml-1 font-mono font-normal text-2xs text-ink-3">{event.type}</code>
          </span>
          <Badge tone={tone}>{label}</Badge>
          <RelativeTime
            at={event.occurred_at}
            className="w-32 text-right font-normal text-ink-3 text-xs max-sm:ml-8 max-sm:text-left"
          />
        </button>
      </h2>
      <div id={panelId} hidden={!open} className="border-line border-t bg-canvas px-5 py-5 sm:pl-13">
        {open ? <Details event={event} /> : null}
      </div>
    </li>
  );
}
