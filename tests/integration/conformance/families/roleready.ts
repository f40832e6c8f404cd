import { z } from 'zod';
import { read } from '../client';
import { count, type Family, seconds, uuid } from './family';

const AVAILABLE = [
  'resume.parsed',
  'resume.parse_failed',
  'ats.check_completed',
  'ats.check_failed',
  'tailoring.completed',
  'tailoring.failed',
  'operation.cancelled',
];
const config = z.object({
  id: uuid,
  url: z.string(),
  enabled: z.boolean(),
  enabledEvents: z.array(z.string()),
  createdAt: seconds,
  updatedAt: seconds,
  secret: z.never().optional(),
});
const configuration = z.strictObject({
  configured: z.literal(true),
  config,
  availableEvents: z.array(z.string()).refine((names) => names.join() === AVAILABLE.join()),
});
const saved = z.object({
  success: z.literal(true),
  config,
  message: z.literal('Webhook configuration saved successfully'),
});
const created = saved.extend({ config: config.extend({ secret: z.string().regex(/^[0-9a-f]{64}$/) }) });
const tested = z.discriminatedUnion('success', [
  z.strictObject({
    success: z.literal(true),
    message: z.literal('Test webhook sent successfully'),
    statusCode: z.int(),
    deliveryId: uuid,
  }),
  z.strictObject({
    success: z.literal(false),
    error: z.literal('Failed to deliver test webhook'),
    details: z.string().min(1),
    statusCode: z.int().nullable(),
    deliveryId: uuid,
  }),
]);
export const logs = z.strictObject({
  logs: z.array(
    z.strictObject({
      id: z.string(),
      event: z.string(),
      url: z.string(),
      success: z.boolean(),
      statusCode: z.int().nullable(),
      attempts: count,
      error: z.string().nullable(),
      deliveryId: uuid,
      deliveredAt: seconds.nullable(),
      createdAt: seconds,
    }),
  ),
  pagination: z.strictObject({ total: count, limit: count, offset: count, hasMore: z.boolean() }),
});
const totals = { total: count, successful: count, failed: count };
export const stats = z.strictObject({
  ...totals,
  successRate: z.string().regex(/^\d+\.\d\d$/),
  averageAttempts: z.string().regex(/^\d+\.\d\d$/),
  byEvent: z.record(z.string(), z.strictObject(totals)),
});

const error = z.strictObject({
  success: z.literal(false),
  error: z.string().min(10),
  details: z.string().min(10).optional(),
});

const collection = '/api/webhooks/config';
const hook = ({ id, url, enabled, enabledEvents }: Omit<z.infer<typeof config>, 'secret'>) => ({
  id,
  url,
  events: enabledEvents,
  active: enabled,
});

/** One webhook a user: its path has no id. */
export const roleready: Family = {
  collection,
  path: () => collection,
  createBody: ({ url, events }) => ({ url, enabled: true, enabledEvents: events }),
  async create(call, input) {
    const made = read(await call('POST', collection, this.createBody(input)), 200, created).config;
    return { ...hook(made), secret: made.secret };
  },
  list: async (call) => [hook(read(await call('GET', collection), 200, configuration).config)],
  get: async (call) => hook(read(await call('GET', collection), 200, configuration).config),
  async update(call, _, { events, active }) {
    const patch = { enabledEvents: events, enabled: active };
    return hook(read(await call('POST', collection, patch), 200, saved).config);
  },
  async test(call) {
    const answer = read(await call('POST', '/api/webhooks/test'), 200, tested);
    return { ok: answer.success, code: answer.statusCode, error: answer.success ? null : answer.details };
  },
  async rotate(call, _, overlapHours) {
    const body = overlapHours === undefined ? undefined : { overlapHours };
    const shape = z.object({
      success: z.literal(true),
      message: z.literal('Webhook secret regenerated successfully'),
      secret: z.string().regex(/^[0-9a-f]{64}$/),
    });
    return read(await call('POST', '/api/webhooks/regenerate-secret', body), 200, shape).secret;
  },
  async history(call) {
    const page = read(await call('GET', '/api/webhooks/logs?limit=50&offset=0'), 200, logs);
    return page.logs.map((log) => ({
      id: log.deliveryId,
      event: log.event,
      status: log.success,
      attempts: log.attempts,
      code: log.statusCode,
      error: log.error,
    }));
  },
  async figures(call) {
    const { total, failed, successRate } = read(await call('GET', '/api/webhooks/stats'), 200, stats);
    return { total, failed, rate: Number(successRate) };
  },
  async remove(call) {
    const shape = z.strictObject({
      success: z.literal(true),
      message: z.literal('Webhook configuration deleted successfully'),
    });
    read(await call('DELETE', collection), 200, shape);
  },
  async expectGone(call) {
    const unconfigured = configuration.extend({ configured: z.literal(false), config: z.null() });
    read(await call('GET', collection), 200, unconfigured);
    read(await call('POST', '/api/webhooks/test'), 404, error);
    read(await call('GET', '/api/webhooks/logs'), 404, error);
    read(await call('GET', '/api/webhooks/stats'), 404, error);
    read(await call('POST', '/api/webhooks/regenerate-secret'), 404, error);
    read(await call('DELETE', collection), 404, error);
  },
  error,
};
