'use client';

import { Plus, Trash2 } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { FieldError } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { type HeaderRow, headerProblems } from './model/header-rows';

interface HeadersEditorProps {
  rows: HeaderRow[];
  onChange: (rows: HeaderRow[]) => void;
  /** Whether to say what is wrong already. */
  showProblems: boolean;
  error?: string | null | undefined;
}

/** Headers of one's own that go with each delivery: an access token of the receiver, say. */
export function HeadersEditor({ rows, onChange, showProblems, error }: HeadersEditorProps) {
  const problems = showProblems ? headerProblems(rows) : {};
  const change = (id: number, part: Partial<HeaderRow>) =>
    onChange(rows.map((row) => (row.id === id ? { ...row, ...part } : row)));
  const add = () =>
    onChange([...rows, { id: Math.max(0, ...rows.map((row) => row.id)) + 1, name: '', value: '' }]);

  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 font-medium text-[0.8125rem]">Custom headers</legend>
      <p className="text-ink-3 text-xs leading-5">
        Sent with each delivery, for a receiver that asks for a token of its own. Values are never shown
        again.
      </p>
      {rows.map((row, index) => (
        <div key={row.id} className="grid gap-1">
          <div className="flex gap-2">
            <Input
              aria-label={`Name of header ${index + 1}`}
              aria-invalid={problems[row.id] ? true : undefined}
              placeholder="Authorization"
              className="font-mono text-xs"
              value={row.name}
              onChange={(event) => change(row.id, { name: event.target.value })}
            />
            <Input
              aria-label={`Value of header ${index + 1}`}
              placeholder="Bearer …"
              className="font-mono text-xs"
              autoComplete="off"
              value={row.value}
              onChange={(event) => change(row.id, { value: event.target.value })}
            />
            <Button
              variant="ghost"
              size="icon"
              className="size-9"
              aria-label={`Remove header ${index + 1}`}
              onClick={() => onChange(rows.filter((other) => other.id !== row.id))}
            >
              <Trash2 aria-hidden />
            </Button>
          </div>
          <FieldError message={problems[row.id]} />
        </div>
      ))}
      <FieldError message={error} />
      <Button size="sm" variant="ghost" className="-ml-2 w-fit" onClick={add}>
        <Plus aria-hidden />
        Add a header
      </Button>
    </fieldset>
  );
}
