/** What Smart Hiring's routes take. Pure. */
import { z } from 'zod';
import { body, description, events, limit, overlapHours, url } from './family-input';

const ANSWERED = ['id', 'created_at', 'updated_at', 'statistics'];
const optional = { active: z.boolean().optional(), description: description.optional() };

export const createBody = body({ url, events, ...optional }, ANSWERED);
export const updateBody = body({ url: url.optional(), events: events.optional(), ...optional }, ANSWERED);
export const rotateBody = z.strictObject({ overlap_hours: overlapHours }).optional();
export const deliveriesQuery = z.object({ limit: limit(50) });
