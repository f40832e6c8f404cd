import { z } from 'zod';

/** The headings under which the dashboard lists event types. */
export type EventGroup =
  | 'Applications'
  | 'Interviews'
  | 'Offers'
  | 'Video'
  | 'Placements'
  | 'Jobs'
  | 'Candidates'
  | 'Assessments'
  | 'Résumés'
  | 'Support';

export interface EventDefinition<
  Schema extends z.ZodObject = z.ZodObject,
  Personal extends boolean = boolean,
> {
  readonly group: EventGroup;
  /** One line, in words that a recruiter uses. */
  readonly description: string;
  /** Its data: strict, camelCase, in the order in which fields are printed. */
  readonly schema: Schema;
  readonly sample: z.input<Schema>;
  /** Whether the event is about one signed-in user, whom the publisher names beside the data. */
  readonly personal: Personal;
}

type Stated<Schema extends z.ZodObject> = Omit<EventDefinition<Schema>, 'personal'>;

/** States an event type; the sample must fit the schema. */
export function defineEvent<Schema extends z.ZodObject>(
  stated: Stated<Schema>,
): EventDefinition<Schema, false> {
  return { ...stated, personal: false };
}

/** States an event type that is about one signed-in user. */
export function definePersonalEvent<Schema extends z.ZodObject>(
  stated: Stated<Schema>,
): EventDefinition<Schema, true> {
  return { ...stated, personal: true };
}

const MAX_ID_LENGTH = 200;
const MAX_LABEL_LENGTH = 1000;

/** Identifier of the publisher's: any text, but not empty. */
export const id = () => z.string().min(1).max(MAX_ID_LENGTH);

/** A short text that means something only when it is not empty: a name, a title, a status, a URL. */
export const label = () => z.string().min(1).max(MAX_LABEL_LENGTH);

/** Any text; only the size of the whole event bounds it. */
export const text = () => z.string();

/** A moment: ISO 8601 with seconds and a zone, passed on as it came. */
export const time = () => z.iso.datetime({ offset: true });

/** A day, or a moment; unlike `time` never filled in, since it need not be when the event happened. */
export const day = () => z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/** A finite number. */
export const number = () => z.number();

/** Keys and values of the publisher's own: passed on untouched, whatever the casing of a contract. */
export const freeForm = () => z.record(z.string(), z.unknown());

/** A field that may be left out; `null` says the same. */
export const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish();
