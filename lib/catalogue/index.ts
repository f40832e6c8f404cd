import type { z } from 'zod';
import type { EventDefinition } from './event-type';
import { hiring } from './hiring';
import { mockInterview } from './mock-interview';
import { resumes } from './resumes';
import { sourcing } from './sourcing';
import { support } from './support';

/** Every event that can be published: its description, schema and sample, by canonical type. */
export const CATALOGUE = { ...hiring, ...mockInterview, ...sourcing, ...resumes, ...support };

type Catalogue = typeof CATALOGUE;

/** Canonical name of an event that can be published. */
export type EventType = keyof Catalogue;

/** What a publisher passes as the data of an event. */
export type EventData<Type extends EventType> = z.input<Catalogue[Type]['schema']>;

/** Types of the events that belong to one signed-in user. */
export type PersonalEventType = {
  [Type in EventType]: Catalogue[Type] extends { readonly personal: true } ? Type : never;
}[EventType];

/**
 * The type of a test delivery. It is not in the catalogue: nobody publishes or subscribes to it,
 * and its name and sentence come from the contract of the webhook that is tested.
 */
export const TEST_EVENT_TYPE = 'test';

const definitions: ReadonlyMap<string, EventDefinition> = new Map(Object.entries(CATALOGUE));

/** All canonical types, in the order in which the dashboard lists them. */
export const EVENT_TYPES: readonly string[] = [...definitions.keys()];

/** Looks an event type up; undefined when the catalogue does not have it. */
export function findEvent(type: string): EventDefinition | undefined {
  return definitions.get(type);
}

/** Whether a string names an event of the catalogue. */
export function isEventType(type: string): type is EventType {
  return definitions.has(type);
}
