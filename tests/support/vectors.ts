import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { contractNameSchema } from '@/lib/contracts';

const deliverySchema = z.strictObject({
  name: z.string(),
  contract: contractNameSchema,
  event: z.strictObject({
    type: z.string(),
    data: z.record(z.string(), z.unknown()),
    occurredAt: z.string(),
    userId: z.string().optional(),
  }),
  deliveryId: z.string(),
  webhookId: z.string(),
  attemptedAtSeconds: z.number(),
  secrets: z.array(z.string()),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
  bytes: z.number(),
  sha256: z.string(),
});

const pythonJsonSchema = z.strictObject({
  value: z.unknown(),
  sorted: z.string(),
  sorted_compact: z.string(),
});

const read = (name: string): unknown =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, '../../lib/contracts/vectors', name), 'utf8'));

/** Deliveries of every contract, rendered and signed by Python and OpenSSL. */
export const deliveryVectors = z.array(deliverySchema).parse(read('deliveries.json'));

/** JSON values, and what `json.dumps` of Python prints for them. */
export const pythonJsonVectors = z.array(pythonJsonSchema).parse(read('python-json.json'));
