'use client';

import { DropdownMenu as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn';

export const Dropdown = Radix.Root;
export const DropdownTrigger = Radix.Trigger;
export const DropdownRadioGroup = Radix.RadioGroup;

const itemStyles =
  'flex select-none items-center gap-2.5 rounded-md px-2 py-1.5 text-[0.8125rem] outline-none data-[highlighted]:bg-sunken data-[disabled]:opacity-50 [&_svg]:size-4 [&_svg]:text-ink-3';

/** The panel of a menu. */
export function DropdownContent({ className, ...props }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        align="end"
        loop
        sideOffset={6}
        className={cn(
          'z-50 min-w-48 rounded-xl border border-line bg-raised p-1 shadow-float data-[state=closed]:animate-out data-[state=open]:animate-in data-[state=closed]:fade-out-0 data-[state=open]:fade-in-0',
          className,
        )}
        {...props}
      />
    </Radix.Portal>
  );
}

/** One choice of a menu. */
export function DropdownItem({
  danger,
  className,
  ...props
}: ComponentProps<typeof Radix.Item> & { danger?: boolean }) {
  return (
    <Radix.Item className={cn(itemStyles, danger && 'text-bad [&_svg]:text-bad', className)} {...props} />
  );
}

/** One of several choices of which one holds. */
export function DropdownRadioItem({ className, children, ...props }: ComponentProps<typeof Radix.RadioItem>) {
  return (
    <Radix.RadioItem className={cn(itemStyles, 'group', className)} {...props}>
      <span
        className="size-1.5 rounded-full bg-transparent group-data-[state=checked]:bg-marigold"
        aria-hidden
      />
      {children}
    </Radix.RadioItem>
  );
}

/** A line between groups of a menu. */
export function DropdownSeparator() {
  return <Radix.Separator className="my-1 h-px bg-line" />;
}

/** A heading within a menu. */
export function DropdownLabel(props: ComponentProps<typeof Radix.Label>) {
  return <Radix.Label className="px-2 pt-1.5 pb-1 text-ink-3 text-xs" {...props} />;
}
