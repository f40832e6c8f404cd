import type { ComponentProps } from 'react';
import { cn } from './cn';

export const fieldStyles =
  'w-full rounded-lg border border-line-strong/70 bg-raised px-3 text-sm text-ink shadow-card transition-colors placeholder:text-ink-3 hover:border-line-strong focus-visible:border-brand focus-visible:outline-1 focus-visible:outline-offset-0 disabled:opacity-60 aria-invalid:border-bad-solid aria-invalid:focus-visible:outline-bad-solid';

/** A one-line text field. */
export function Input({ className, type = 'text', ...props }: ComponentProps<'input'>) {
  return <input type={type} className={cn(fieldStyles, 'h-9', className)} {...props} />;
}

/** The platform's own select: the best one there is by keyboard and on a phone. */
export function Select({ className, ...props }: ComponentProps<'select'>) {
  return <select className={cn(fieldStyles, 'chevron h-9 truncate pr-8', className)} {...props} />;
}
