'use client';

import { Badge } from '@/components/ui/badge';
import { CodeBlock } from '@/components/ui/code-block';
import type { DeliveryDetail } from '@/lib/shapes/recruiter';
import { AttemptTimeline } from './attempt-timeline';
import { deliveryView } from './model/delivery-view';
import { pretty } from './model/pretty';

/** A delivery in full: where it stands, each attempt, and what was sent. `now` is the present, in ms. */
export function DeliveryDetails({ delivery, now }: { delivery: DeliveryDetail; now: number }) {
  const view = deliveryView(delivery, now);
  return (
    <div className="grid min-w-0 gap-7">
      <div className="grid gap-2">
        <p className="flex flex-wrap gap-2">
          <Badge tone={view.tone} dot>
            {view.label}
          </Badge>
          {delivery.is_test ? <Badge>Test</Badge> : null}
          <code className="font-mono text-ink-3 text-xs leading-[1.375rem]">{delivery.event}</code>
        </p>
        <p className="text-[0.9375rem]">{view.sentence}</p>
        <span aria-live="polite" className="sr-only">
          {view.label}
        </span>
      </div>
      <section aria-label="Attempts" className="grid min-w-0 gap-3">
        <h3 className="font-semibold">Attempts</h3>
        <AttemptTimeline delivery={delivery} now={now} />
      </section>
      {delivery.request_body === null ? null : (
        <section aria-label="What was sent" className="grid min-w-0 gap-3">
          <h3 className="font-semibold">What was sent</h3>
          <CodeBlock label="Message" code={pretty(delivery.request_body)} />
        </section>
      )}
    </div>
  );
}
