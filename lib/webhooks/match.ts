import { EVENT_TYPES, findEvent } from '@/lib/catalogue';
import type { EventGroup } from '@/lib/catalogue/event-type';
import { nearest } from '@/lib/catalogue/nearest';
import { allContracts } from '@/lib/contracts';
import type { Contract, OfferedEvent } from '@/lib/contracts/contract';

const ALL = '*';

/** `video.recording.ready` → `video.*`, `video.recording.*`. */
function prefixesOf(name: string): string[] {
  const parts = name.split('.');
  return parts.slice(1).map((_, index) => `${parts.slice(0, index + 1).join('.')}.*`);
}

/** The names by which a webhook of the contract may have subscribed to an event it offers. */
function namesFor(contract: Contract, event: OfferedEvent): string[] {
  const wildcards = contract.wildcards ? [ALL, ...prefixesOf(event.subscription)] : [];
  return [...wildcards, event.subscription];
}

const keysByType: ReadonlyMap<string, readonly string[]> = new Map(
  EVENT_TYPES.map((type) => [
    type,
    allContracts.flatMap((contract) =>
      contract.events
        .filter((event) => event.type === type)
        .flatMap((event) => namesFor(contract, event).map((name) => `${contract.name}:${name}`)),
    ),
  ]),
);

/**
 * The keys `<contract>:<name>` of which a webhook must hold one to get an event; its own are its
 * contract and each name it subscribes to. Empty for a type that the catalogue does not have.
 */
export function subscriptionKeys(type: string): readonly string[] {
  return keysByType.get(type) ?? [];
}

/** A name under which webhooks of a contract may subscribe. */
export interface AvailableEvent {
  readonly name: string;
  readonly isWildcard: boolean;
  /** Canonical types that it stands for. */
  readonly types: readonly string[];
  /** Null for a name whose events are in several groups. */
  readonly group: EventGroup | null;
  readonly description: string;
}

function describe(name: string, types: readonly string[]): AvailableEvent {
  const groups = new Set(types.flatMap((type) => findEvent(type)?.group ?? []));
  const [group = null] = groups.size === 1 ? groups : [];
  const isWildcard = name === ALL || name.endsWith('.*');
  const [type = ''] = types;
  const description = isWildcard ? `Everything under ${name}` : (findEvent(type)?.description ?? '');
  return {
    name,
    isWildcard,
    types,
    group,
    description: name === ALL ? 'Every event' : description,
  };
}

const availableByContract = new Map(
  allContracts.map((contract) => {
    const types = new Map<string, string[]>();
    for (const event of contract.events) {
      for (const name of namesFor(contract, event)) {
        types.set(name, [...(types.get(name) ?? []), event.type]);
      }
    }
    return [contract.name, [...types].map(([name, covered]) => describe(name, covered))] as const;
  }),
);

/** Every name under which webhooks of a contract may subscribe, a wildcard before what it covers. */
export function availableEvents(contract: Contract): readonly AvailableEvent[] {
  return availableByContract.get(contract.name) ?? [];
}

/** Every name that may be subscribed to, as `[contract, name]`: what the database checks against. */
export function contractEventRows(): readonly (readonly [contract: string, event: string])[] {
  return allContracts.flatMap((contract) =>
    availableEvents(contract).map(({ name }) => [contract.name, name] as const),
  );
}

export type CheckedSubscriptions =
  | { readonly ok: true; readonly events: readonly string[] }
  | {
      readonly ok: false;
      readonly issues: readonly { readonly path: readonly (string | number)[]; readonly message: string }[];
    };

/**
 * Checks the names that a webhook wants to subscribe to. Repeated names are kept once, in the order
 * given; there must be one at least. Each unknown name gives an issue that lists what would do.
 */
export function checkSubscriptions(contract: Contract, events: readonly string[]): CheckedSubscriptions {
  const names = availableEvents(contract).map(({ name }) => name);
  const list = `The events are ${names.join(', ')}.`;
  if (events.length === 0) {
    return { ok: false, issues: [{ path: [], message: `Choose at least one event. ${list}` }] };
  }
  const issues = events.flatMap((event, index) => {
    if (names.includes(event)) return [];
    const close = nearest(event, names);
    const hint = close.length > 0 ? ` Did you mean ${close.join(' or ')}?` : '';
    const shown = JSON.stringify(event.slice(0, 100));
    return [{ path: [index], message: `${shown} is no event of ${contract.title}.${hint} ${list}` }];
  });
  return issues.length > 0 ? { ok: false, issues } : { ok: true, events: [...new Set(events)] };
}
