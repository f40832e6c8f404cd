/** The rows that the routes read, as they are selected; each family shapes them in its own words. */
import { z } from 'zod';
import { contractNameSchema } from '@/lib/contracts';

export const WEBHOOK_COLUMNS =
  'id, user_id, contract, url, events, description, header_names, is_active, disabled_reason, created_at, updated_at';

export const webhookRow = z.object({
  id: z.string(),
  user_id: z.string().nullable(),
  contract: contractNameSchema,
  url: z.string(),
  events: z.array(z.string()),
  description: z.string().nullable(),
  header_names: z.array(z.string()),
  is_active: z.boolean(),
  disabled_reason: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type WebhookRow = z.infer<typeof webhookRow>;

export const totalsRow = z.object({
  webhook_id: z.string(),
  success: z.number(),
  failed: z.number(),
  error: z.number(),
  attempts: z.number(),
  duration_ms: z.number(),
  last_delivery_at: z.string().nullable(),
});
export type Totals = Omit<z.infer<typeof totalsRow>, 'webhook_id'>;

export const NO_TOTALS: Totals = {
  success: 0,
  failed: 0,
  error: 0,
  attempts: 0,
  duration_ms: 0,
  last_delivery_at: null,
};

export const DELIVERY_COLUMNS =
  'id, webhook_id, event_id, event_type, is_test, status, reason, attempts, next_attempt_at, response_code, error_class, error, duration_ms, created_at, completed_at';

export const deliveryRow = z.object({
  id: z.string(),
  webhook_id: z.string(),
  event_id: z.string(),
  event_type: z.string(),
  is_test: z.boolean(),
  status: z.enum(['pending', 'retrying', 'success', 'failed', 'held']),
  reason: z.string().nullable(),
  attempts: z.number(),
  next_attempt_at: z.string().nullable(),
  response_code: z.number().nullable(),
  error_class: z.string().nullable(),
  error: z.string().nullable(),
  duration_ms: z.number().nullable(),
  created_at: z.string(),
  completed_at: z.string().nullable(),
});
export type DeliveryRow = z.infer<typeof deliveryRow>;

export const attemptRow = z.object({
  number: z.number(),
  started_at: z.string(),
  duration_ms: z.number(),
  url: z.string(),
  status_code: z.number().nullable(),
  error_class: z.string().nullable(),
  error: z.string().nullable(),
  address: z.string().nullable(),
  request_headers: z.record(z.string(), z.string()),
  response_headers: z.record(z.string(), z.string()).nullable(),
  response_body: z.string().nullable(),
  response_truncated: z.boolean(),
});
export type AttemptRow = z.infer<typeof attemptRow>;

export const eventRow = z.object({
  id: z.string(),
  type: z.string(),
  data: z.string(),
  occurred_at: z.string(),
  created_at: z.string(),
  user_id: z.string().nullable(),
  candidate_id: z.string().nullable(),
  application_id: z.string().nullable(),
  job_id: z.string().nullable(),
  is_test: z.boolean(),
});
export type EventRowRead = z.infer<typeof eventRow>;

/** Per cent with two decimals; 0 where nothing ended yet. */
export function successRate({
  success,
  failed,
  error,
}: Pick<Totals, 'success' | 'failed' | 'error'>): number {
  const total = success + failed + error;
  return total === 0 ? 0 : Math.round((success / total) * 10_000) / 100;
}
