import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button';

interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  children: ReactNode;
  action?: ReactNode;
}

/** What a view shows when there is nothing yet: what would be here, and how to get it. */
export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="grid justify-items-center gap-1 px-6 py-14 text-center">
      <span className="mb-3 grid size-12 place-items-center rounded-2xl bg-brand-soft text-brand">
        <Icon className="size-5" aria-hidden />
      </span>
      <h2 className="font-semibold text-base tracking-[-0.012em]">{title}</h2>
      <div className="max-w-md text-ink-3">{children}</div>
      {action ? <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}

interface ErrorStateProps {
  /** What could not be shown. */
  title: string;
  error: Error;
  onRetry: () => void;
  retrying?: boolean;
}

/** What a view shows when its data did not come, with a way to try again. */
export function ErrorState({ title, error, onRetry, retrying }: ErrorStateProps) {
  return (
    <div role="alert" className="grid justify-items-center gap-1 px-6 py-12 text-center">
      <h2 className="font-semibold text-base text-bad">{title}</h2>
      <p className="max-w-md text-ink-2">{error.message}</p>
      <Button className="mt-4" onClick={onRetry} busy={retrying ?? false}>
        Try again
      </Button>
    </div>
  );
}
