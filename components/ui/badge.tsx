import type { ReactNode } from 'react';
import { cn } from './cn';

export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'held' | 'brand' | 'plain';

const tones: Record<Tone, string> = {
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  info: 'bg-info-soft text-info',
  held: 'bg-held-soft text-held',
  brand: 'bg-brand-soft text-brand-strong',
  plain: 'bg-sunken text-ink-2',
};

export const solidTones: Record<Tone, string> = {
  ok: 'bg-ok-solid',
  warn: 'bg-warn-solid',
  bad: 'bg-bad-solid',
  info: 'bg-info-solid',
  held: 'bg-held-solid',
  brand: 'bg-brand',
  plain: 'bg-line-strong',
};

interface BadgeProps {
  tone?: Tone;
  /** A dot in the tone's solid colour before the words. */
  dot?: boolean;
  className?: string;
  children: ReactNode;
}

/** A few words in a tinted pill; the words carry the meaning, the colour only repeats it. */
export function Badge({ tone = 'plain', dot, className, children }: BadgeProps) {
  return (
    <span
      className={cn(
        'inline-flex h-[1.375rem] items-center gap-1.5 whitespace-nowrap rounded-md px-1.5 font-medium text-xs',
        tones[tone],
        className,
      )}
    >
      {dot ? <span className={cn('size-1.5 rounded-full', solidTones[tone])} aria-hidden /> : null}
      {children}
    </span>
  );
}
