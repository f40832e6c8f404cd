import type { z } from 'zod';
import { EVENT_TYPES, findEvent } from './index';
import { nearest } from './nearest';
import { findUnportable, type Issue, joinPath } from './plain';

export type ParsedEventData =
  | { readonly ok: true; readonly data: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly issues: readonly Issue[] };

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

const KINDS: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  boolean: 'true or false',
  array: 'an array',
  object: 'an object',
  record: 'an object',
};

function explain(issue: RawIssue): string | undefined {
  if (issue.code === 'invalid_type') {
    const kind = KINDS[issue.expected] ?? `of type ${issue.expected}`;
    return issue.input === undefined ? `is required, and must be ${kind}` : `must be ${kind}`;
  }
  if (issue.code === 'too_small') return 'must not be empty';
  if (issue.code === 'too_big') return `must be at most ${issue.maximum} characters long`;
  if (issue.code === 'invalid_format') {
    return 'must be an ISO 8601 date and time with its zone, such as 2026-01-22T10:30:00Z';
  }
  if (issue.code === 'invalid_union') {
    return 'must be an ISO 8601 date, such as 2026-01-22, or a date and time with its zone';
  }
  return undefined;
}

function toIssues(issue: z.core.$ZodIssue): Issue[] {
  const path = issue.path.reduce<string>(joinPath, '');
  if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }];
  return issue.keys.map((key) => ({ path: joinPath(path, key), message: 'is not a field of this event' }));
}

function unknownType(type: string): Issue {
  const close = nearest(type, EVENT_TYPES);
  const hint = close.length > 0 ? ` Did you mean ${close.join(' or ')}?` : '';
  const shown = JSON.stringify(type.slice(0, 100));
  return {
    path: 'type',
    message: `${shown} is no event type.${hint} The types are ${EVENT_TYPES.join(', ')}.`,
  };
}

/**
 * Validates what a publisher sent as the data of an event. The result holds the schema's fields in
 * the schema's order, which is the order in which every contract prints them. A type that the
 * catalogue does not have gives one issue with the path `type`; the other paths are inside the data.
 */
export function parseEventData(type: string, data: unknown): ParsedEventData {
  const event = findEvent(type);
  if (!event) return { ok: false, issues: [unknownType(type)] };
  const unportable = findUnportable(data);
  if (unportable) return { ok: false, issues: [unportable] };
  const parsed = event.schema.safeParse(data, { error: explain });
  if (parsed.success) return { ok: true, data: parsed.data };
  return { ok: false, issues: parsed.error.issues.flatMap(toIssues) };
}
