'use client';

import { Checkbox } from '@/components/ui/checkbox';
import { cn } from '@/components/ui/cn';
import { FieldError } from '@/components/ui/field';
import type { CatalogueContract } from '@/lib/shapes/recruiter';
import { type EventGroup, eventGroups, toggleEvent, toggleGroup } from './model/event-selection';
import { eventInWords } from './model/event-words';

interface EventPickerProps {
  contract: CatalogueContract;
  selected: string[];
  onChange: (selected: string[]) => void;
  error?: string | null | undefined;
}

interface RowProps {
  label: string;
  code: string;
  description?: string;
  checked: boolean | 'indeterminate';
  disabled?: boolean;
  strong?: boolean;
  onToggle: () => void;
}

function Row({ label, code, description, checked, disabled, strong, onToggle }: RowProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox within is the control
    <label
      className={cn(
        'grid cursor-pointer grid-cols-[auto_1fr] items-start gap-x-2.5 rounded-md px-2 py-1.5 hover:bg-sunken',
        disabled && 'cursor-default hover:bg-transparent',
      )}
    >
      <Checkbox
        className="mt-[3px]"
        checked={checked}
        disabled={disabled ?? false}
        onCheckedChange={onToggle}
      />
      <span className="min-w-0">
        <span className="flex flex-wrap items-baseline gap-x-2">
          <span className={cn(strong && 'font-semibold')}>{label}</span>
          <code className="font-mono text-2xs text-ink-3">{code}</code>
        </span>
        {description ? <span className="block text-ink-3 text-xs leading-5">{description}</span> : null}
      </span>
    </label>
  );
}

function Group({
  group,
  onToggle,
  onToggleGroup,
}: {
  group: EventGroup;
  onToggle: (name: string) => void;
  onToggleGroup: () => void;
}) {
  const single = group.events.length === 1 && group.wildcard === null;
  return (
    <fieldset className="border-line border-t py-1.5 first:border-t-0">
      <legend className="sr-only">{group.name}</legend>
      {single ? null : (
        <Row
          strong
          label={group.label}
          code={group.wildcard ?? ''}
          checked={group.check === 'mixed' ? 'indeterminate' : group.check === 'checked'}
          disabled={group.covered}
          onToggle={onToggleGroup}
        />
      )}
      <div className={cn(!single && 'pl-6')}>
        {group.events.map((event) => (
          <Row
            key={event.name}
            label={eventInWords(event.name)}
            code={event.name}
            description={event.description}
            checked={event.checked}
            disabled={event.covered}
            onToggle={() => onToggle(event.name)}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** Which events a webhook asks for: single ones, whole groups, or all, as far as its contract knows wildcards. */
export function EventPicker({ contract, selected, onChange, error }: EventPickerProps) {
  const groups = eventGroups(contract, selected);
  const all = contract.wildcard_names.includes('*');
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 font-medium text-[0.8125rem]">Events</legend>
      <div
        className={cn(
          'max-h-80 overflow-y-auto rounded-lg border border-line-strong/70 bg-raised p-1.5 shadow-card',
          error && 'border-bad-solid',
        )}
      >
        {all ? (
          <div className="pb-1.5">
            <Row
              strong
              label="All events"
              code="*"
              description="Also those that will be added later."
              checked={selected.includes('*')}
              onToggle={() => onChange(toggleEvent(selected, '*'))}
            />
          </div>
        ) : null}
        {groups.map((group) => (
          <Group
            key={group.name}
            group={group}
            onToggle={(name) => onChange(toggleEvent(selected, name))}
            onToggleGroup={() => onChange(toggleGroup(selected, group))}
          />
        ))}
      </div>
      <FieldError message={error} />
    </fieldset>
  );
}
