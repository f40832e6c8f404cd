import { z } from 'zod';
import { read } from '../client';
import { count, type Family, seconds, uuid } from './family';

const webhook = z.strictObject({
  id: uuid,
  url: z.string(),
  events: z.array(z.string()),
  is_active: z.boolean(),
  delivery_count: count,
  failure_count: count,
  created_at: seconds,
  updated_at: seconds,
});
export const delivery = z.strictObject({
  id: uuid,
  webhook_id: uuid,
  event: z.string(),
  status: z.enum(['pending', 'retrying', 'success', 'failed']),
  attempts: count,
  status_code: z.int().nullable(),
  response_time_ms: z.number().nullable(),
  error: z.string().nullable(),
  created_at: seconds,
  delivered_at: seconds.nullable(),
});
const tested = z.object({
  success: z.boolean(),
  status_code: z.int().nullable(),
  response_time_ms: z.number(),
  error: z.string().nullable(),
});
const secretKey = z.string().regex(/^wsk_live_[A-Za-z0-9_-]{43}$/);

const error = z.object({ detail: z.string().min(10) });

const collection = '/api/v1/webhooks';
const path = (id: string) => `${collection}/${id}`;
const hook = ({ id, url, events, is_active: active }: z.infer<typeof webhook>) => ({
  id,
  url,
  events,
  active,
});

export const hrIntelligence: Family = {
  collection,
  path,
  createBody: (input) => input,
  async create(call, input) {
    const shape = webhook.extend({ secret_key: secretKey });
    const made = read(await call('POST', collection, input), 201, shape);
    return { ...hook(made), secret: made.secret_key };
  },
  async list(call) {
    const answer = await call('GET', `${collection}?skip=0&limit=100`);
    return read(answer, 200, z.array(webhook)).map(hook);
  },
  get: async (call, id) => hook(read(await call('GET', path(id)), 200, webhook)),
  async update(call, id, { events, active }) {
    return hook(read(await call('PUT', path(id), { events, is_active: active }), 200, webhook));
  },
  async test(call, id) {
    const { success, status_code: code, error } = read(await call('POST', `${path(id)}/test`), 200, tested);
    return { ok: success, code, error };
  },
  async rotate(call, id, overlapHours) {
    const body = overlapHours === undefined ? undefined : { overlap_hours: overlapHours };
    const shape = z.object({ secret_key: secretKey });
    return read(await call('POST', `${path(id)}/rotate-secret`, body), 200, shape).secret_key;
  },
  async history(call, id) {
    const answer = await call('GET', `${path(id)}/deliveries?skip=0&limit=50`);
    return read(answer, 200, z.array(delivery)).map((row) => ({ ...row, code: row.status_code }));
  },
  async figures(call, id) {
    const made = read(await call('GET', path(id)), 200, webhook);
    return { total: made.delivery_count, failed: made.failure_count, rate: null };
  },
  async remove(call, id) {
    read(await call('DELETE', path(id)), 204, z.null());
  },
  async expectGone(call, id) {
    read(await call('GET', path(id)), 404, error);
  },
  error,
};
