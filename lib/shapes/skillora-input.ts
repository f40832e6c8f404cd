/** What Skillora's routes take. Pure. */
import { z } from 'zod';
import { body, description, events, limit, offset, overlapHours, url } from './family-input';

const ANSWERED = [
  'id',
  'created_at',
  'updated_at',
  'last_triggered_at',
  'total_deliveries',
  'failed_deliveries',
];
const optional = {
  description: description.optional(),
  is_active: z.boolean().optional(),
  secret: z.string().nullable().optional(),
};

export const createBody = body({ url, events, ...optional }, ANSWERED);
export const updateBody = body({ url: url.optional(), events: events.optional(), ...optional }, ANSWERED);
export const rotateBody = z.strictObject({ overlap_hours: overlapHours }).optional();

const page = { limit: limit(100), offset };
export const pageQuery = z.object(page);
/** `names`: the events that may be filtered by. */
export const eventsQuery = (names: readonly string[]) =>
  z.object({ ...page, event_type: z.enum(names).optional() });
export const deliveriesQuery = z.object({
  ...page,
  endpoint_id: z.string().optional(),
  status: z.enum(['pending', 'success', 'failed', 'retrying']).optional(),
});
