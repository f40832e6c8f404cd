/** What RoleReady's routes take. Pure. */
import { z } from 'zod';
import { body, events, flag, limit, offset, overlapHours, url } from './family-input';

const ANSWERED = ['id', 'createdAt', 'updatedAt'];

/** The first one creates, and then needs `url` and `enabledEvents`; a later one changes what is sent. */
export const configBody = body(
  { url: url.optional(), enabled: z.boolean().optional(), enabledEvents: events.optional() },
  ANSWERED,
);
export const rotateBody = z.strictObject({ overlapHours }).optional();
/** `names`: the events that may be filtered by. */
export const logsQuery = (names: readonly string[]) =>
  z.object({ limit: limit(50), offset, event: z.enum(names).optional(), success: flag.optional() });
