'use client';

import { RadioGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn';

interface Choice<T extends string> {
  value: T;
  title: ReactNode;
  description?: ReactNode;
}

interface RadioCardsProps<T extends string> {
  label: string;
  value: T;
  onChange: (value: T) => void;
  choices: readonly Choice<T>[];
  className?: string;
}

/** A choice of one among a few, each with a line of explanation. */
export function RadioCards<T extends string>({
  label,
  value,
  onChange,
  choices,
  className,
}: RadioCardsProps<T>) {
  const choose = (next: string) => {
    const choice = choices.find((candidate) => candidate.value === next);
    if (choice) onChange(choice.value);
  };
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value}
      onValueChange={choose}
      className={cn('grid gap-2', className)}
    >
      {choices.map((choice) => (
        <RadioGroup.Item
          key={choice.value}
          value={choice.value}
          className="group flex items-start gap-3 rounded-lg border border-line bg-raised px-3 py-2.5 text-left transition-colors hover:border-line-strong data-[state=checked]:border-brand data-[state=checked]:bg-brand-soft/50"
        >
          <span className="mt-[3px] grid size-4 shrink-0 place-items-center rounded-full border border-line-strong bg-raised group-data-[state=checked]:border-brand">
            <span className="size-2 rounded-full bg-transparent group-data-[state=checked]:bg-brand" />
          </span>
          <span className="grid">
            <span className="font-medium">{choice.title}</span>
            {choice.description ? (
              <span className="text-ink-3 text-xs leading-5">{choice.description}</span>
            ) : null}
          </span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
