/** What HR Intelligence's routes take. Pure. */
import { z } from 'zod';
import { body, events, flag, limit, offset, overlapHours, url } from './family-input';

const ANSWERED = ['id', 'secret_key', 'delivery_count', 'failure_count', 'created_at', 'updated_at'];
const optional = { is_active: z.boolean().optional() };

export const createBody = body({ url, events, ...optional }, ANSWERED);
export const updateBody = body({ url: url.optional(), events: events.optional(), ...optional }, ANSWERED);
export const rotateBody = z.strictObject({ overlap_hours: overlapHours }).optional();
export const listQuery = z.object({ skip: offset, limit: limit(100), is_active: flag.optional() });
export const deliveriesQuery = z.object({ skip: offset, limit: limit(50) });
