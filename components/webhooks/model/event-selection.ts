import type { OfferedEvent } from '@/lib/shapes/recruiter';
import { eventInWords } from './event-words';

export type Check = 'checked' | 'unchecked' | 'mixed';

export interface EventRow extends OfferedEvent {
  checked: boolean;
  /** A wildcard above covers it, so it cannot be chosen by itself. */
  covered: boolean;
}

export interface EventGroup {
  /** Its title in the catalogue. */
  name: string;
  /** What choosing the whole group is called. */
  label: string;
  /** The wildcard that means the whole group; null where the contract has none. */
  wildcard: string | null;
  check: Check;
  covered: boolean;
  events: EventRow[];
}

interface Offer {
  events: readonly OfferedEvent[];
  wildcard_names: readonly string[];
}

/** Whether `pattern` (a wildcard, or an exact name) covers the event's name. */
export function covers(pattern: string, name: string): boolean {
  if (pattern === '*') return true;
  return pattern.endsWith('.*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}

/** The wildcard that covers these events and no other. */
function wildcardOf(offer: Offer, members: readonly OfferedEvent[]): string | null {
  const means = (wildcard: string) => {
    const covered = offer.events.filter((event) => covers(wildcard, event.name));
    return covered.length === members.length && covered.every((event) => members.includes(event));
  };
  return offer.wildcard_names.find((wildcard) => wildcard !== '*' && means(wildcard)) ?? null;
}

/** What a contract offers, grouped, with what is chosen. */
export function eventGroups(offer: Offer, selected: readonly string[]): EventGroup[] {
  const names = [...new Set(offer.events.map((event) => event.group))];
  const everything = selected.includes('*');
  return names.map((name) => {
    const members = offer.events.filter((event) => event.group === name);
    const wildcard = wildcardOf(offer, members);
    const whole = everything || (wildcard !== null && selected.includes(wildcard));
    const events = members.map((event) => ({
      ...event,
      covered: whole,
      checked: whole || selected.includes(event.name),
    }));
    const chosen = events.filter((event) => event.checked).length;
    return {
      name,
      label: wildcard ? eventInWords(wildcard) : name,
      wildcard,
      check:
        whole || (wildcard === null && chosen === events.length)
          ? 'checked'
          : chosen > 0
            ? 'mixed'
            : 'unchecked',
      covered: everything,
      events,
    };
  });
}

/** Chooses or drops one name; a chosen wildcard swallows what it covers. */
export function toggleEvent(selected: readonly string[], name: string): string[] {
  if (selected.includes(name)) return selected.filter((other) => other !== name);
  return [...selected.filter((other) => !covers(name, other)), name];
}

/** Chooses or drops a whole group: its wildcard where it has one, else each of its events. */
export function toggleGroup(selected: readonly string[], group: EventGroup): string[] {
  if (group.wildcard) return toggleEvent(selected, group.wildcard);
  const names = group.events.map((event) => event.name);
  const rest = selected.filter((name) => !names.includes(name));
  return group.check === 'checked' ? rest : [...rest, ...names];
}

/** What of a choice still holds when the contract changes: the names that the new one knows. */
export function keepOffered(selected: readonly string[], offer: Offer): string[] {
  const known = new Set([...offer.wildcard_names, ...offer.events.map((event) => event.name)]);
  return selected.filter((name) => known.has(name));
}
