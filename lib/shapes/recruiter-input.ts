/** What the recruiter's routes take. Pure; `lib/shapes/recruiter.ts` has what they answer. */
import { z } from 'zod';
import { CONTRACT_NAMES } from '../contracts/contract';
import { DELIVERY_STATUSES } from './recruiter';
import { storableText } from './text';

const url = z.string();
const events = z.array(z.string().max(200)).max(200);
const description = storableText.trim().max(500).nullable();
const headers = z.record(z.string(), z.string());

export const createWebhookBody = z.strictObject({
  url,
  events,
  description: description.optional(),
  contract: z.enum(CONTRACT_NAMES, { error: `must be one of ${CONTRACT_NAMES.join(', ')}` }).default('bpoc'),
  headers: headers.optional(),
  is_active: z.boolean().optional(),
});

export const updateWebhookBody = z
  .strictObject({ url, events, description, headers, is_active: z.boolean() })
  .partial()
  .refine((body) => Object.keys(body).length > 0, { error: 'Send at least one field to change.' });

export const testBody = z.strictObject({ eventType: z.string().max(200).optional() }).optional();

export const rotateBody = z.strictObject({ overlapHours: z.number().min(0).max(168).optional() }).optional();

export const recoverBody = z
  .strictObject({
    since: z.iso.datetime({ offset: true }).optional(),
    statuses: z
      .array(z.enum(['held', 'failed']))
      .min(1)
      .default(['held', 'failed']),
    dryRun: z.boolean().default(false),
  })
  .default({ statuses: ['held', 'failed'], dryRun: false });

const limit = (most: number, usual: number) => z.coerce.number().int().min(1).max(most).default(usual);
const cursor = z.uuid().optional();

export const deliveriesQuery = z.object({
  status: z.enum(DELIVERY_STATUSES).optional(),
  event: storableText.max(200).optional(),
  limit: limit(100, 20),
  cursor,
});

export const eventsQuery = z.object({
  type: storableText.max(200).optional(),
  limit: limit(100, 20),
  cursor,
});

export const statsQuery = z.object({ days: z.coerce.number().int().min(1).max(90).default(7) });

export const createApiKeyBody = z.strictObject({
  name: storableText.trim().min(1, { error: 'Give the key a name.' }).max(120),
  scope: z.enum(['publish', 'manage']),
});
