import { ChevronRight } from 'lucide-react';
import { useId } from 'react';
import { cn } from '@/components/ui/cn';
import { CodeBlock } from '@/components/ui/code-block';
import { eventInWords } from '@/components/webhooks/model/event-words';
import type { CatalogueEvent } from '@/lib/shapes/recruiter';

function Fields({ fields }: Pick<CatalogueEvent, 'fields'>) {
  return (
    <table className="w-full text-left">
      <caption className="mb-1 text-left font-medium text-ink-3 text-xs">Fields</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Type</th>
          <th scope="col">Needed</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {fields.map(({ name, type, required }) => (
          <tr key={name}>
            <td className="break-all py-1.5 pr-3 font-mono text-xs">{name}</td>
            <td className="py-1.5 pr-3 text-ink-3 text-xs">{type}</td>
            <td className="py-1.5 text-right text-ink-3 text-xs">{required ? 'always' : 'optional'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface EventDocProps {
  event: CatalogueEvent;
  open: boolean;
  onToggle: (open: boolean) => void;
}

/** What one event is about; opens to its fields and an example. */
export function EventDoc({ event, open, onToggle }: EventDocProps) {
  const panelId = useId();
  return (
    <div>
      <h3>
        <button
          type="button"
          aria-expanded={open}
          aria-controls={panelId}
          onClick={() => onToggle(!open)}
          className="flex w-full items-start gap-4 px-5 py-3 text-left -outline-offset-2 transition-colors hover:bg-sunken/60"
        >
          <ChevronRight
            className={cn('mt-[3px] size-4 shrink-0 text-ink-3 transition-transform', open && 'rotate-90')}
            aria-hidden
          />
          <span className="min-w-0">
            <span className="font-medium">{eventInWords(event.type)}</span>{' '}
            <code className="ml-1 font-mono text-2xs text-ink-3">{event.type}</code>
            <span className="block text-ink-3">{event.description}</span>
          </span>
        </button>
      </h3>
      <div id={panelId} hidden={!open} className="border-line border-t bg-canvas px-5 py-5 sm:pl-13">
        {open ? (
          <div className="grid min-w-0 items-start gap-6 md:grid-cols-2">
            <Fields fields={event.fields} />
            <CodeBlock label="Example" code={JSON.stringify(event.sample, null, 2)} />
          </div>
        ) : null}
      </div>
    </div>
  );
}
