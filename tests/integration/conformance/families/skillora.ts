import { z } from 'zod';
import { read } from '../client';
import { count, type Family, seconds, uuid } from './family';

const endpoint = z.strictObject({
  id: uuid,
  url: z.string(),
  events: z.array(z.string()),
  description: z.string(),
  is_active: z.boolean(),
  created_at: seconds,
  updated_at: seconds,
  last_triggered_at: seconds.nullable(),
  total_deliveries: count,
  failed_deliveries: count,
});
export const delivery = z.strictObject({
  id: uuid,
  endpoint_id: uuid,
  event_id: uuid,
  event_type: z.string(),
  status: z.enum(['pending', 'success', 'failed', 'retrying']),
  attempts: count,
  response_status_code: z.int().nullable(),
  error_message: z.string().nullable(),
  created_at: seconds,
  delivered_at: seconds.nullable(),
  next_retry_at: seconds.nullable(),
});
export const event = z.strictObject({
  id: uuid,
  event_type: z.string(),
  payload: z.record(z.string(), z.unknown()),
  created_at: seconds,
});
export const sent = z.strictObject({
  status: z.enum(['success', 'failed']),
  message: z.string(),
  delivery,
});

const error = z.union([
  z.strictObject({ detail: z.string().min(10) }),
  z.record(z.string().regex(/^(?!detail)/), z.array(z.string()).min(1)),
]);

const collection = '/api/v1/webhook-endpoints/';
const path = (id: string) => `${collection}${id}/`;
const hook = ({ id, url, events, is_active: active }: z.infer<typeof endpoint>) => ({
  id,
  url,
  events,
  active,
});

export const skillora: Family = {
  collection,
  path,
  createBody: (input) => ({ ...input, description: 'Production webhook endpoint' }),
  async create(call, input) {
    const shape = endpoint.extend({ secret: z.string() });
    const made = read(await call('POST', collection, this.createBody(input)), 201, shape);
    return { ...hook(made), secret: made.secret };
  },
  list: async (call) => read(await call('GET', collection), 200, z.array(endpoint)).map(hook),
  get: async (call, id) => hook(read(await call('GET', path(id)), 200, endpoint)),
  async update(call, id, { events, active }) {
    return hook(read(await call('PATCH', path(id), { events, is_active: active }), 200, endpoint));
  },
  async test(call, id) {
    const answer = read(await call('POST', `${path(id)}test/`), 200, sent);
    const { response_status_code: code, error_message: error } = answer.delivery;
    return { ok: answer.status === 'success', code, error };
  },
  async rotate(call, id, overlapHours) {
    const body = overlapHours === undefined ? undefined : { overlap_hours: overlapHours };
    const shape = z.object({
      status: z.literal('success'),
      message: z.literal('Secret regenerated successfully'),
      secret: z.string(),
    });
    return read(await call('POST', `${path(id)}regenerate_secret/`, body), 200, shape).secret;
  },
  async history(call, id) {
    const rows = read(
      await call('GET', `/api/v1/webhook-deliveries/?endpoint_id=${id}`),
      200,
      z.array(delivery),
    );
    return rows.map((row) => ({
      id: row.id,
      event: row.event_type,
      status: row.status,
      attempts: row.attempts,
      code: row.response_status_code,
      error: row.error_message,
    }));
  },
  async figures(call, id) {
    const made = read(await call('GET', path(id)), 200, endpoint);
    return { total: made.total_deliveries, failed: made.failed_deliveries, rate: null };
  },
  async remove(call, id) {
    read(await call('DELETE', path(id)), 204, z.null());
  },
  async expectGone(call, id) {
    read(await call('GET', path(id)), 404, error);
  },
  error,
};
