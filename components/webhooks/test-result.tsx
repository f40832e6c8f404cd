import { CircleCheck, CircleX, LoaderCircle } from 'lucide-react';
import Link from 'next/link';
import { cn } from '@/components/ui/cn';
import { CodeBlock } from '@/components/ui/code-block';
import type { TestAnswer } from '@/lib/shapes/recruiter';
import { attemptOutcome, durationInWords } from './model/outcome';
import { pretty } from './model/pretty';
import { urlParts } from './model/url';

interface TestResultProps {
  answer: TestAnswer | null;
  pending: boolean;
  /** Why the test could not be asked for at all. */
  error: Error | null;
  url: string;
  webhookId: string;
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-ink-3 text-xs">{label}</dt>
      <dd className="tabular font-medium">{children}</dd>
    </div>
  );
}

function Answer({ answer, webhookId }: { answer: TestAnswer; webhookId: string }) {
  const outcome = attemptOutcome({ status_code: answer.statusCode, error: answer.error ?? null });
  const Icon = answer.success ? CircleCheck : CircleX;
  return (
    <div className="grid min-w-0 gap-4">
      <p
        className={cn(
          'flex gap-2.5 rounded-lg px-3.5 py-3 font-medium',
          answer.success ? 'bg-ok-soft text-ok' : 'bg-bad-soft text-bad',
        )}
      >
        <Icon className="mt-0.5 size-[1.125rem] shrink-0" aria-hidden />
        {outcome.sentence}
      </p>
      <dl className="flex flex-wrap gap-x-10 gap-y-3">
        <Fact label="Status">{answer.statusCode ?? 'No answer'}</Fact>
        <Fact label="Time">{durationInWords(answer.durationMs)}</Fact>
        <Fact label="Details">
          <Link
            href={`/recruiter/api/webhooks/${webhookId}?delivery=${answer.deliveryId}`}
            className="rounded text-brand underline underline-offset-2 hover:text-brand-strong"
          >
            See what was sent
          </Link>
        </Fact>
      </dl>
      {answer.responseBody ? <CodeBlock label="Answer" code={pretty(answer.responseBody)} /> : null}
    </div>
  );
}

/** What came of a test: under way, answered, or not even asked for. */
export function TestResult({ answer, pending, error, url, webhookId }: TestResultProps) {
  return (
    <div role="status" aria-label="Test result" aria-busy={pending} className="min-h-16 min-w-0">
      {pending ? (
        <p className="flex items-center gap-2.5 rounded-lg bg-sunken px-3.5 py-3 text-ink-2">
          <LoaderCircle className="size-[1.125rem] animate-spin" aria-hidden />
          Waiting for {urlParts(url).host} to answer…
        </p>
      ) : error ? (
        <p className="rounded-lg bg-bad-soft px-3.5 py-3 text-bad">{error.message}</p>
      ) : answer ? (
        <Answer answer={answer} webhookId={webhookId} />
      ) : null}
    </div>
  );
}
