import { z } from 'zod';
import { read } from '../client';
import { count, type Family, uuid } from './family';

const time = z.iso.datetime();
const webhook = z.object({
  id: uuid,
  url: z.string(),
  events: z.array(z.string()),
  description: z.string().nullable(),
  is_active: z.boolean(),
  disabled_reason: z.string().nullable(),
  contract: z.string(),
  headers: z.array(z.string()),
  created_at: time,
  updated_at: time,
  last_delivery_at: time.nullable(),
  statistics: z.object({ total: count, success: count, failed: count, success_rate: z.number() }),
});
const delivery = z.object({
  id: uuid,
  event: z.string(),
  event_id: uuid,
  status: z.enum(['pending', 'retrying', 'success', 'failed', 'held']),
  attempts: count,
  next_attempt_at: time.nullable(),
  response_code: z.int().nullable(),
  error: z.string().nullable(),
  duration_ms: z.number().nullable(),
  is_test: z.boolean(),
  created_at: time,
  completed_at: time.nullable(),
});
const ok = { success: z.literal(true) };
const one = z.object({ ...ok, webhook: webhook.extend({ deliveries: z.array(delivery).optional() }) });
const tested = z.object({
  success: z.boolean(),
  statusCode: z.int().nullable(),
  durationMs: z.number(),
  deliveryId: uuid,
  responseBody: z.string().nullable(),
  error: z.string().optional(),
});

const error = z.object({ success: z.literal(false), error: z.string().min(10) });

const collection = '/api/recruiter/webhooks';
const path = (id: string) => `${collection}/${id}`;
const hook = ({ id, url, events, is_active: active }: z.infer<typeof webhook>) => ({
  id,
  url,
  events,
  active,
});

/** The bpoc family, for its own contract and any other that is named on creation. */
export const recruiter = (contract?: string): Family => ({
  collection,
  path,
  createBody: (input) => ({ ...input, ...(contract && { contract }) }),
  async create(call, input) {
    const shape = z.object({ ...ok, webhook: webhook.extend({ secret: z.string() }) });
    const made = read(await call('POST', collection, { ...input, contract }), 201, shape).webhook;
    return { ...hook(made), secret: made.secret };
  },
  async list(call) {
    const shape = z.object({ ...ok, webhooks: z.array(webhook) });
    return read(await call('GET', collection), 200, shape).webhooks.map(hook);
  },
  get: async (call, id) => hook(read(await call('GET', path(id)), 200, one).webhook),
  async update(call, id, { events, active }) {
    return hook(read(await call('PATCH', path(id), { events, is_active: active }), 200, one).webhook);
  },
  async test(call, id) {
    const { success, statusCode, error } = read(await call('POST', `${path(id)}/test`), 200, tested);
    return { ok: success, code: statusCode, error: error ?? null };
  },
  async rotate(call, id, overlapHours) {
    const shape = z.object({ ...ok, secret: z.string(), previousExpiresAt: z.string().nullable() });
    return read(await call('POST', `${path(id)}/rotate-secret`, { overlapHours }), 200, shape).secret;
  },
  async history(call, id) {
    const rows = read(await call('GET', path(id)), 200, one).webhook.deliveries ?? [];
    return rows.map(({ response_code: code, ...row }) => ({ ...row, code }));
  },
  async figures(call, id) {
    const {
      total,
      failed,
      success_rate: rate,
    } = read(await call('GET', path(id)), 200, one).webhook.statistics;
    return { total, failed, rate };
  },
  async remove(call, id) {
    read(await call('DELETE', path(id)), 200, z.object(ok));
  },
  async expectGone(call, id) {
    read(await call('GET', path(id)), 404, error);
  },
  error,
});
