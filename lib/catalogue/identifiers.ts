import { findEvent } from './index';

export interface Identifiers {
  readonly candidateId: string | null;
  readonly applicationId: string | null;
  readonly jobId: string | null;
}

/**
 * The ids by which one asks later who was told about a candidate, an application or a job: the
 * fields of these names that the event's schema has. Null where the event has none.
 */
export function identifiers(type: string, data: Readonly<Record<string, unknown>>): Identifiers {
  const shape = findEvent(type)?.schema.shape ?? {};
  const read = (name: string): string | null => {
    const value = name in shape ? data[name] : null;
    return typeof value === 'string' ? value : null;
  };
  return { candidateId: read('candidateId'), applicationId: read('applicationId'), jobId: read('jobId') };
}
