import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { ContractName } from '@/lib/contracts/contract';
import type { World } from './world';

const idRow = z.object({ id: z.string() });

/** An organization of its own, so that tests can share a database. */
export async function makeOrganization(world: World): Promise<string> {
  const [row] = await world.sql(`insert into public.organizations (name) values ('Test') returning id`);
  return idRow.parse(row).id;
}

export interface WebhookOptions {
  url: string;
  contract?: ContractName;
  events?: readonly string[];
  headers?: Readonly<Record<string, string>>;
  isActive?: boolean;
}

/** A webhook and its secret, made as the app makes it. */
export async function makeWebhook(world: World, organizationId: string, options: WebhookOptions) {
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const client = await world.client();
  const { data, error } = await client.rpc('create_webhook', {
    p_organization_id: organizationId,
    p_webhook: {
      contract: options.contract ?? 'bpoc',
      url: options.url,
      events: [...(options.events ?? ['*'])],
      headers: { ...options.headers },
      is_active: options.isActive ?? true,
    },
    p_secret: secret,
  });
  if (error) throw new Error(error.message);
  return { id: data, secret };
}

/** An event that every contract with wildcards takes. */
export function offerAccepted(more: { idempotencyKey?: string; reason?: string } = {}) {
  const { reason = 'Zoë & 家族 “agreed”', idempotencyKey } = more;
  return {
    type: 'offer.accepted',
    data: { offerId: 'offer_1', applicationId: 'app_1', candidateId: 'cand_1', reason },
    ...(idempotencyKey !== undefined && { idempotencyKey }),
  };
}

const deliveryRow = z.object({
  id: z.string(),
  webhook_id: z.string(),
  status: z.string(),
  reason: z.string().nullable(),
  attempts: z.coerce.number(),
  body: z.string().nullable(),
  due_in_s: z.coerce.number().nullable(),
  leased: z.boolean(),
  response_code: z.coerce.number().nullable(),
  error: z.string().nullable(),
});

/** The deliveries of a webhook, oldest first; `due_in_s` counts from `now`. */
export async function deliveriesOf(world: World, webhookId: string, now = new Date()) {
  const rows = await world.sql(
    `select id, webhook_id, status, reason, attempts, body, response_code, error, lease_token is not null as leased,
       round(extract(epoch from next_attempt_at - $2::timestamptz)) as due_in_s
     from public.webhook_deliveries where webhook_id = $1::uuid order by id`,
    [webhookId, now.toISOString()],
  );
  return deliveryRow.array().parse(rows);
}

export async function onlyDelivery(world: World, webhookId: string, now = new Date()) {
  const [delivery, ...more] = await deliveriesOf(world, webhookId, now);
  if (!delivery || more.length > 0)
    throw new Error(`${more.length + (delivery ? 1 : 0)} deliveries, not one`);
  return delivery;
}

const attemptRow = z.object({
  number: z.coerce.number(),
  status_code: z.coerce.number().nullable(),
  error_class: z.string().nullable(),
  duration_ms: z.coerce.number(),
  request_headers: z.record(z.string(), z.string()),
});

/** The recorded attempts of a delivery, in order. */
export async function attemptsOf(world: World, deliveryId: string) {
  const rows = await world.sql(
    `select number, status_code, error_class, duration_ms, request_headers
     from public.webhook_attempts where delivery_id = $1::uuid order by number`,
    [deliveryId],
  );
  return attemptRow.array().parse(rows);
}
