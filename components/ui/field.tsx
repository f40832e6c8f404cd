import { CircleAlert } from 'lucide-react';
import { Label as RadixLabel } from 'radix-ui';
import { type ReactNode, useId } from 'react';
import { cn } from './cn';

interface Wiring {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

interface FieldProps {
  label: ReactNode;
  /** Said beneath the label, in a muted voice. */
  hint?: ReactNode;
  /** What is wrong with the value, in one sentence; announced when it appears. */
  error?: string | null | undefined;
  optional?: boolean;
  className?: string;
  children: (wiring: Wiring) => ReactNode;
}

/** A label, a control and its error, wired together for screen readers. */
export function Field({ label, hint, error, optional, className, children }: FieldProps) {
  const id = useId();
  const describedBy = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className={cn('grid gap-1.5', className)}>
      <RadixLabel.Root htmlFor={id} className="font-medium text-ink text-[0.8125rem]">
        {label} {optional ? <span className="ml-1 font-normal text-ink-3">optional</span> : null}
      </RadixLabel.Root>
      {children({
        id,
        'aria-describedby': describedBy || undefined,
        'aria-invalid': error ? true : undefined,
      })}
      {hint ? (
        <p id={`${id}-hint`} className="text-ink-3 text-xs leading-5">
          {hint}
        </p>
      ) : null}
      <FieldError id={`${id}-error`} message={error} />
    </div>
  );
}

/** An error beside what it is about; takes no room while there is none. */
export function FieldError({ id, message }: { id?: string; message: string | null | undefined }) {
  return (
    <p
      id={id}
      data-problem={message ? '' : undefined}
      aria-live="polite"
      className={cn('flex gap-1.5 text-bad text-xs leading-5', !message && 'hidden')}
    >
      {message ? <CircleAlert className="mt-[3px] size-3.5 shrink-0" aria-hidden /> : null}
      <span>{message}</span>
    </p>
  );
}
