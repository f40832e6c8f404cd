'use client';

import { Check, Minus } from 'lucide-react';
import { Checkbox as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn';

/** A checkbox; `indeterminate` shows a dash. */
export function Checkbox({ className, ...props }: ComponentProps<typeof Radix.Root>) {
  return (
    <Radix.Root
      className={cn(
        'group grid size-4 shrink-0 place-items-center rounded-[5px] border border-line-strong bg-raised transition-colors data-[state=checked]:border-brand data-[state=indeterminate]:border-brand data-[state=checked]:bg-brand data-[state=indeterminate]:bg-brand disabled:opacity-60',
        className,
      )}
      {...props}
    >
      <Radix.Indicator className="text-on-brand">
        <Check className="hidden size-3 stroke-[3] group-data-[state=checked]:block" aria-hidden />
        <Minus className="hidden size-3 stroke-[3] group-data-[state=indeterminate]:block" aria-hidden />
      </Radix.Indicator>
    </Radix.Root>
  );
}
