import { z } from 'zod';
import { read } from '../client';
import { count, type Family, seconds, uuid } from './family';

const subscription = z.object({
  id: uuid,
  url: z.string(),
  events: z.array(z.string()),
  active: z.boolean(),
  created_at: seconds,
  secret: z.never().optional(),
});
const statistics = z.strictObject({
  total_deliveries: count,
  failed_deliveries: count,
  success_rate: z.number(),
  last_delivery_at: seconds.nullable(),
  delivery_breakdown: z.strictObject({ success: count, failed: count, error: count }),
});
const delivery = z.object({
  id: uuid,
  event_type: z.string(),
  attempt: count,
  status: z.enum(['success', 'failed', 'error', 'pending']),
  delivered_at: seconds.nullable(),
  response_code: z.int().nullable(),
  error: z.string().optional(),
});
const ok = { success: z.literal(true), message: z.string() };
const detail = z.object({ ...ok, data: subscription.extend({ statistics }) });

const error = z.object({
  success: z.literal(false),
  error: z.string().regex(/^[a-z_]+$/),
  message: z.string().min(10),
});

const collection = '/api/webhooks/subscriptions';
const path = (id: string) => `${collection}/${id}`;
const hook = ({
  id,
  url,
  events,
  active,
}: Pick<z.infer<typeof subscription>, 'id' | 'url' | 'events' | 'active'>) => ({
  id,
  url,
  events,
  active,
});

export const smartHiring: Family = {
  collection,
  path,
  createBody: (input) => ({ ...input, description: 'Production webhook' }),
  async create(call, input) {
    const shape = z.object({ ...ok, data: subscription.extend({ secret: z.string() }) });
    const { data } = read(await call('POST', collection, this.createBody(input)), 201, shape);
    return { ...hook(data), secret: data.secret };
  },
  async list(call) {
    const shape = z.object({ ...ok, data: z.array(subscription) });
    return read(await call('GET', collection), 200, shape).data.map(hook);
  },
  get: async (call, id) => hook(read(await call('GET', path(id)), 200, detail).data),
  async update(call, id, patch) {
    return hook(read(await call('PUT', path(id), patch), 200, z.object({ ...ok, data: subscription })).data);
  },
  async test(call, id) {
    const data = z.object({
      status: z.string(),
      response_code: z.int().nullable(),
      error: z.string().nullable(),
    });
    const shape = z.object({ success: z.boolean(), message: z.string(), data });
    const answer = read(await call('POST', `${path(id)}/test`), 200, shape);
    return { ok: answer.success, code: answer.data.response_code, error: answer.data.error };
  },
  async rotate(call, id, overlapHours) {
    const body = overlapHours === undefined ? undefined : { overlap_hours: overlapHours };
    const shape = z.object({ ...ok, data: z.object({ secret: z.string() }) });
    return read(await call('POST', `${path(id)}/rotate-secret`, body), 200, shape).data.secret;
  },
  async history(call, id) {
    const shape = z.object({ success: z.literal(true), data: z.array(delivery) });
    const { data } = read(await call('GET', `${path(id)}/deliveries?limit=50`), 200, shape);
    return data.map((row) => ({
      id: row.id,
      event: row.event_type,
      status: row.status,
      attempts: row.attempt,
      code: row.response_code,
      error: row.error ?? null,
    }));
  },
  async figures(call, id) {
    const figures = read(await call('GET', path(id)), 200, detail).data.statistics;
    const { success, failed, error } = figures.delivery_breakdown;
    expectSum(figures.total_deliveries, success + failed + error);
    expectSum(figures.failed_deliveries, failed + error);
    return { total: figures.total_deliveries, failed: figures.failed_deliveries, rate: figures.success_rate };
  },
  async remove(call, id) {
    read(await call('DELETE', path(id)), 200, z.object(ok));
  },
  async expectGone(call, id) {
    read(await call('GET', path(id)), 404, error);
  },
  error,
};

function expectSum(whole: number, parts: number): void {
  if (whole !== parts) throw new Error(`${whole} is not the sum ${parts} of its parts`);
}
