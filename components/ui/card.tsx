import type { ComponentProps } from 'react';
import { cn } from './cn';

/** A sheet of paper on the canvas. */
export function Card({ className, ...props }: ComponentProps<'section'>) {
  return (
    <section className={cn('rounded-xl border border-line bg-surface shadow-card', className)} {...props} />
  );
}
