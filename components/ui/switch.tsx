'use client';

import { Switch as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn';

/** An on/off switch; name it with `aria-label` or a label. */
export function Switch({ className, ...props }: ComponentProps<typeof Radix.Root>) {
  return (
    <Radix.Root
      className={cn(
        'inline-flex h-5 w-9 shrink-0 items-center rounded-full border border-transparent p-px transition-colors data-[state=checked]:bg-brand data-[state=unchecked]:bg-line-strong disabled:opacity-50',
        className,
      )}
      {...props}
    >
      <Radix.Thumb className="block size-4 rounded-full bg-surface shadow-sm transition-transform duration-150 data-[state=checked]:translate-x-4" />
    </Radix.Root>
  );
}
