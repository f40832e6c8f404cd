import { format } from 'date-fns';
import { Check, Clock3, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';
import { CodeBlock } from '@/components/ui/code-block';
import type { Attempt, DeliveryDetail } from '@/lib/shapes/recruiter';
import { errorHeading } from './model/error-class';
import { attemptOutcome, durationInWords, nextAttemptInWords } from './model/outcome';
import { headerLines, pretty } from './model/pretty';

function Step({
  icon,
  tone,
  last,
  children,
}: {
  icon: ReactNode;
  tone: string;
  last: boolean;
  children: ReactNode;
}) {
  return (
    <li className="grid min-w-0 grid-cols-[1.5rem_minmax(0,1fr)] gap-3">
      <div className="flex flex-col items-center">
        <span
          className={cn('grid size-6 place-items-center rounded-full [&_svg]:size-3.5', tone)}
          aria-hidden
        >
          {icon}
        </span>
        {last ? null : <span className="w-px flex-1 bg-line" aria-hidden />}
      </div>
      <div className={cn('min-w-0', !last && 'pb-6')}>{children}</div>
    </li>
  );
}

function Exchange({ attempt }: { attempt: Attempt }) {
  const { request_headers: sent, response_headers: received, response_body: body } = attempt;
  return (
    <details className="group mt-2">
      <summary className="w-fit list-none rounded text-brand text-xs underline underline-offset-2 hover:text-brand-strong">
        <span className="group-open:hidden">Show the details</span>
        <span className="hidden group-open:inline">Hide the details</span>
      </summary>
      <div className="mt-2.5 grid min-w-0 gap-2.5">
        {attempt.address ? (
          <p className="text-ink-3 text-xs">
            Reached at <code className="font-mono">{attempt.address}</code>
          </p>
        ) : null}
        {body ? (
          <CodeBlock
            label={attempt.response_truncated ? 'Answer, its beginning' : 'Answer'}
            code={pretty(body)}
          />
        ) : null}
        {received ? <CodeBlock label="Headers of the answer" code={headerLines(received)} /> : null}
        {sent ? <CodeBlock label="Headers we sent" code={headerLines(sent)} /> : null}
      </div>
    </details>
  );
}

function AttemptStep({ attempt, last }: { attempt: Attempt; last: boolean }) {
  const { tone, sentence } = attemptOutcome(attempt);
  const good = tone === 'ok';
  return (
    <Step
      last={last}
      icon={good ? <Check /> : <X />}
      tone={good ? 'bg-ok-soft text-ok' : 'bg-bad-soft text-bad'}
    >
      <p className="flex flex-wrap items-baseline gap-x-2.5">
        <span className="font-medium">{attempt.status_code ?? errorHeading(attempt.error_class)}</span>
        <span className="tabular text-ink-3 text-xs">
          Attempt {attempt.number} ·{' '}
          <time dateTime={attempt.started_at}>{format(new Date(attempt.started_at), 'd MMM, HH:mm:ss')}</time>{' '}
          · {durationInWords(attempt.duration_ms)}
        </span>
      </p>
      <p className="text-ink-2">{sentence}</p>
      <Exchange attempt={attempt} />
    </Step>
  );
}

/** Each attempt of a delivery in order, and the one that comes next. `now` is the present, in ms. */
export function AttemptTimeline({ delivery, now }: { delivery: DeliveryDetail; now: number }) {
  const next = delivery.status === 'retrying' ? nextAttemptInWords(delivery.next_attempt_at, now) : null;
  const attempts = [...delivery.attempts_log].sort((a, b) => a.number - b.number);
  if (attempts.length === 0 && !next) {
    return <p className="text-ink-3">No attempt has been made yet.</p>;
  }
  return (
    <ol>
      {attempts.map((attempt, index) => (
        <AttemptStep key={attempt.number} attempt={attempt} last={!next && index === attempts.length - 1} />
      ))}
      {next && delivery.next_attempt_at ? (
        <Step last icon={<Clock3 />} tone="bg-warn-soft text-warn">
          <p className="tabular font-medium">{next}</p>
          <p className="tabular text-ink-3 text-xs">
            At{' '}
            <time dateTime={delivery.next_attempt_at}>
              {format(new Date(delivery.next_attempt_at), 'HH:mm:ss')}
            </time>
            , automatically
          </p>
        </Step>
      ) : null}
    </ol>
  );
}
