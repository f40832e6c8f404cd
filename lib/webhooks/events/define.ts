import { type EventData, type EventType, findEvent, type PersonalEventType } from '@/lib/catalogue';

/** What a helper hands to the publisher. */
export interface HelperEvent {
  readonly organizationId: string;
  readonly type: string;
  readonly data: unknown;
  readonly userId?: string;
  readonly occurredAt?: string;
  readonly idempotencyKey?: string;
}

/** Publishes in the background: registers the work with the request and never rejects. */
export type BackgroundPublisher<Result> = (event: HelperEvent) => Promise<Result>;

/** The data of an event, the agency it belongs to and, where it is about one user, that user. */
export type HelperInput<Type extends EventType> = EventData<Type> & {
  readonly agencyId: string;
} & (Type extends PersonalEventType ? { readonly userId: string } : unknown);

export interface HelperOptions {
  /** When it happened, ISO 8601; now when left out. */
  readonly occurredAt?: string;
  /** A publish that is repeated with this key within 7 days happens once. */
  readonly idempotencyKey?: string;
}

/**
 * Gives a maker of typed helpers: `define('offer.sent')` is a function that publishes that event.
 * What a helper returns is the publisher's promise, which never rejects: it may be awaited or not.
 */
export function helpersFor<Result>(publish: BackgroundPublisher<Result>) {
  return function define<Type extends EventType>(type: Type) {
    return ({ agencyId, ...rest }: HelperInput<Type>, options: HelperOptions = {}): Promise<Result> => {
      const event = { ...options, organizationId: agencyId, type };
      if (findEvent(type)?.personal !== true) return publish({ ...event, data: rest });
      const { userId, ...data }: { userId?: unknown } = rest;
      return publish({ ...event, data, ...(typeof userId === 'string' && { userId }) });
    };
  };
}
