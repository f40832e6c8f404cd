/**
 * What the recruiter's routes answer (`/api/recruiter/…`), as zod schemas: the dashboard parses with
 * them, the routes are checked against them. A read model has no secret; only `createdWebhook`,
 * `rotatedSecret` and `createdApiKey` carry one, once.
 */
import { z } from 'zod';
import { CONTRACT_NAMES } from '../contracts/contract';

export const DELIVERY_STATUSES = ['pending', 'retrying', 'success', 'failed', 'held'] as const;
export const ROLES = ['owner', 'recruiter', 'viewer'] as const;
export const API_KEY_SCOPES = ['publish', 'manage'] as const;
export const BACKEND_MODES = ['embedded', 'postgres', 'hosted'] as const;

const time = z.iso.datetime({ offset: true });
const count = z.int().min(0);
/** Durations are whole milliseconds. */
const ms = z.number().min(0);
const ok = { success: z.literal(true) };
const headers = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
const nextCursor = z.string().nullable();

export const contractName = z.enum(CONTRACT_NAMES);
export const deliveryStatus = z.enum(DELIVERY_STATUSES);
export const role = z.enum(ROLES);
export const apiKeyScope = z.enum(API_KEY_SCOPES);

/** The one error shape of the family; `fields` is keyed by path (`url`, `events.0`, `headers.x-team`). */
export const apiError = z.object({
  success: z.literal(false),
  error: z.string(),
  code: z.string().optional(),
  fields: z.record(z.string(), z.array(z.string())).optional(),
});

export const webhook = z.object({
  id: z.string(),
  url: z.string(),
  events: z.array(z.string()),
  description: z.string().nullable(),
  is_active: z.boolean(),
  /** `gone` or `failing`; null while it is on or when a person switched it off. */
  disabled_reason: z.string().nullable(),
  contract: contractName,
  /** Names only: the values are never shown again. */
  headers: z.array(z.string()),
  created_at: time,
  updated_at: time,
  last_delivery_at: time.nullable(),
  /** `success_rate` in per cent, 0 to 100; `total` counts deliveries that ended. */
  statistics: z.object({
    total: count,
    success: count,
    failed: count,
    success_rate: z.number().min(0).max(100),
  }),
  /** Deliveries kept while the webhook was off. */
  held_count: count,
  /** Deliveries that are pending or wait for their next attempt. */
  open_count: count,
});

export const delivery = z.object({
  id: z.string(),
  event: z.string(),
  event_id: z.string().nullable(),
  status: deliveryStatus,
  /** How many attempts were made so far. */
  attempts: count,
  next_attempt_at: time.nullable(),
  response_code: z.int().nullable(),
  error: z.string().nullable(),
  /** Why it ended failed or is held: exhausted, final_status, gone, test, webhook_deleted, webhook_off. */
  reason: z.string().nullish(),
  duration_ms: ms.nullable(),
  is_test: z.boolean(),
  created_at: time,
  completed_at: time.nullable(),
});

export const attempt = z.object({
  number: z.int().min(1),
  started_at: time,
  duration_ms: ms,
  status_code: z.int().nullable(),
  error_class: z.string().nullable(),
  error: z.string().nullable(),
  request_headers: headers.nullable(),
  response_headers: headers.nullable(),
  response_body: z.string().nullable(),
  /** Whether the answer was longer than what is kept. */
  response_truncated: z.boolean().optional(),
  /** The address that was connected to; null when none was reached. */
  address: z.string().nullable(),
});

export const deliveryDetail = delivery.extend({
  webhook_id: z.string(),
  /** The bytes sent, as text; null before the first attempt. */
  request_body: z.string().nullable(),
  attempts_log: z.array(attempt),
});

/** GET /webhooks */
export const webhookList = z.object({ ...ok, webhooks: z.array(webhook) });
/** GET /webhooks/:id (the 20 most recent deliveries); PATCH answers the same, `deliveries` may be absent. */
export const webhookAnswer = z.object({
  ...ok,
  webhook: webhook.extend({ deliveries: z.array(delivery).optional() }),
});
/** POST /webhooks: the only answer of a webhook that carries its secret. */
export const createdWebhook = z.object({ ...ok, webhook: webhook.extend({ secret: z.string() }) });
/** POST /webhooks/:id/test: `success` tells whether the receiver accepted it; the request itself went well. */
export const testAnswer = z.object({
  success: z.boolean(),
  statusCode: z.int().nullable(),
  durationMs: ms,
  deliveryId: z.string(),
  responseBody: z.string().nullable(),
  error: z.string().nullish(),
});
/** POST /webhooks/:id/rotate-secret; `previousExpiresAt` null when the old secret ended at once. */
export const rotatedSecret = z.object({ ...ok, secret: z.string(), previousExpiresAt: time.nullable() });
/** GET /webhooks/:id/deliveries and GET /webhooks/events/:eventId/deliveries (there with `webhook_id`). */
export const deliveryPage = z.object({ ...ok, deliveries: z.array(delivery), nextCursor });
/** POST /webhooks/:id/recover: how many deliveries are (with `dryRun`: would be) sent. */
export const recoverAnswer = z.object({ ...ok, count });
/** GET /webhooks/:id/stats?days=7; `hour` is the start of the hour; hours without a delivery may be absent. */
export const statsAnswer = z.object({
  ...ok,
  statistics: z.object({
    total: count,
    success: count,
    /** An answer outside 2xx. */
    failed: count,
    /** No answer: network, DNS, TLS, timeout. */
    error: count,
    success_rate: z.number().min(0).max(100),
    attempts: count,
    average_duration_ms: ms.nullable(),
  }),
  hours: z.array(z.object({ hour: time, success: count, failed: count, error: count, attempts: count })),
});
/** GET /webhooks/deliveries/:deliveryId */
export const deliveryAnswer = z.object({ ...ok, delivery: deliveryDetail });
/** POST /webhooks/deliveries/:deliveryId/retry */
export const retriedDelivery = z.object({ ...ok, delivery });

export const publishedEvent = z.object({
  id: z.string(),
  type: z.string(),
  occurred_at: time,
  created_at: time,
  candidate_id: z.string().nullable(),
  application_id: z.string().nullable(),
  job_id: z.string().nullable(),
  user_id: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
  deliveries: count,
  /** Keyed by delivery status; a status without deliveries may be absent. */
  deliveries_by_status: z.partialRecord(deliveryStatus, count),
});
/** GET /webhooks/events?type=&limit=&cursor= */
export const eventPage = z.object({ ...ok, events: z.array(publishedEvent), nextCursor });
/** GET /webhooks/events/:eventId/deliveries */
export const eventDeliveries = z.object({
  ...ok,
  deliveries: z.array(delivery.extend({ webhook_id: z.string() })),
});

export const offeredEvent = z.object({
  /** What a webhook of this contract subscribes to. */
  name: z.string(),
  /** The canonical type. */
  type: z.string(),
  description: z.string(),
  group: z.string(),
});
export const catalogueContract = z.object({
  name: contractName,
  title: z.string(),
  description: z.string(),
  wildcards: z.boolean(),
  events: z.array(offeredEvent),
  /** `*`, `application.*`, …; empty when the contract takes exact names only. */
  wildcard_names: z.array(z.string()),
});
export const catalogueEvent = z.object({
  type: z.string(),
  group: z.string(),
  description: z.string(),
  sample: z.record(z.string(), z.unknown()),
  fields: z.array(z.object({ name: z.string(), type: z.string(), required: z.boolean() })),
});
/** GET /api/recruiter/catalogue */
export const catalogueAnswer = z.object({
  ...ok,
  contracts: z.array(catalogueContract),
  events: z.array(catalogueEvent),
});

export const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  scope: apiKeyScope,
  /** The first characters, to tell keys apart. */
  prefix: z.string(),
  created_at: time,
  last_used_at: time.nullable(),
});
/** GET /api/recruiter/api-keys: keys that were not revoked, newest first. */
export const apiKeyList = z.object({ ...ok, api_keys: z.array(apiKey) });
/** POST /api/recruiter/api-keys: the only answer that carries the key. */
export const createdApiKey = z.object({ ...ok, api_key: apiKey.extend({ key: z.string() }) });
/** DELETE answers of webhooks and API keys. */
export const deleted = z.object(ok);

const organization = z.object({ id: z.string(), name: z.string(), role });
/** GET /api/recruiter/me */
export const meAnswer = z.object({
  ...ok,
  user: z.object({ id: z.string(), email: z.string() }),
  organization,
  organizations: z.array(organization),
  mode: z.enum(BACKEND_MODES),
});

export type DeliveryStatus = z.infer<typeof deliveryStatus>;
export type Role = z.infer<typeof role>;
export type ApiKeyScope = z.infer<typeof apiKeyScope>;
export type ApiErrorBody = z.infer<typeof apiError>;
export type Webhook = z.infer<typeof webhook>;
export type Delivery = z.infer<typeof delivery>;
export type Attempt = z.infer<typeof attempt>;
export type DeliveryDetail = z.infer<typeof deliveryDetail>;
export type TestAnswer = z.infer<typeof testAnswer>;
export type StatsAnswer = z.infer<typeof statsAnswer>;
export type PublishedEvent = z.infer<typeof publishedEvent>;
export type OfferedEvent = z.infer<typeof offeredEvent>;
export type CatalogueContract = z.infer<typeof catalogueContract>;
export type CatalogueEvent = z.infer<typeof catalogueEvent>;
export type ApiKey = z.infer<typeof apiKey>;
export type Me = z.infer<typeof meAnswer>;
export type Organization = z.infer<typeof organization>;
