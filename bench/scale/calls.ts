import type postgres from 'postgres';
import { v7 } from 'uuid';
import { z } from 'zod';
import { eventColumns, functionsOn, outcomeColumns, tinyEvent } from '../harness/functions.ts';
import type { Tenant } from './fill.ts';

const LEASES = { standard: 60_000 };
const RULES = { standard: { sustained_ms: 432_000_000, failures: 1_000_000_000 } };
const PER_WEBHOOK = 32;
const KEYS = { 'offer.rejected': ['standard:offer.rejected', 'standard:offer.*', 'standard:*'] };
const claimSchema = z.object({
  token: z.string(),
  deliveries: z.array(z.object({ id: z.string(), number: z.number() })),
  cursor: z.string().nullable(),
});
const publishSchema = z.object({
  token: z.string(),
  leased: z.record(z.string(), z.object({ ids: z.array(z.string()) })),
});
/** A delivery that is leased to the benchmark. */
export interface Lease {
  id: string;
  token: string;
  number: number;
}

function outcome({ id, token, number }: Lease, status: 'success' | 'retrying') {
  return {
    id,
    token,
    number,
    status,
    ...(status === 'retrying' && { retry_ms: 0 }),
    sent: '{"n":1}',
    started_at: new Date().toISOString(),
    duration_ms: 3,
    url: 'http://127.0.0.1:9/',
    status_code: status === 'success' ? 200 : 500,
    error_class: null,
    error: null,
    address: '127.0.0.1',
    request_headers: { 'webhook-id': id },
    response_headers: { 'content-length': '2' },
    response_body: 'ok',
    response_truncated: false,
  };
}

/** The app's own functions, called as it calls them. */
export async function calls(sql: postgres.Sql, tenants: readonly Tenant[]) {
  const call = await functionsOn(sql);
  let cursor: string | null = null;
  let next = 0;
  const tenant = (): Tenant => {
    const chosen = tenants[next++ % tenants.length];
    if (chosen === undefined) throw new Error('no tenants');
    return chosen;
  };
  return {
    tenant,
    async claim(limit: number): Promise<Lease[]> {
      const answer = claimSchema.parse(
        await call('claim_due_deliveries', {
          p_limit: limit,
          p_per_webhook: PER_WEBHOOK,
          p_leases: LEASES,
          p_after: cursor,
        }),
      );
      cursor = answer.cursor;
      return answer.deliveries.map((delivery) => ({ ...delivery, token: answer.token }));
    },
    async publish(count: number): Promise<Lease[]> {
      const events = Array.from({ length: count }, () =>
        tinyEvent(v7(), tenant().organizationId, 'offer.rejected'),
      );
      const { token, leased } = publishSchema.parse(
        await call('publish_events', {
          ...eventColumns(events),
          p_keys: KEYS,
          p_leases: LEASES,
          p_lease_limit: 384,
          p_per_webhook: PER_WEBHOOK,
        }),
      );
      return Object.values(leased)
        .flatMap(({ ids }) => ids)
        .map((id) => ({ id, token, number: 1 }));
    },
    async record(leases: readonly Lease[], status: 'success' | 'retrying'): Promise<void> {
      const outcomes = leases.map((lease) => outcome(lease, status));
      await call('record_attempts', { ...outcomeColumns(outcomes), p_rules: RULES });
    },
    /** A page of 50 of a webhook's deliveries, `filter` and cursor as the route sends them. */
    async page(filter: 'none' | 'failed' | 'rare type'): Promise<void> {
      const { webhookId } = tenant();
      await sql`
        select id, webhook_id, event_id, event_type, is_test, status, reason, attempts, next_attempt_at, response_code,
          error_class, error, duration_ms, created_at, completed_at
        from public.webhook_deliveries
        where webhook_id = ${webhookId} and id < ${v7()}
          ${filter === 'failed' ? sql`and status in ('failed')` : sql``}
          ${filter === 'rare type' ? sql`and event_type = 'offer.accepted'` : sql``}
        order by id desc limit 51`;
    },
    // As the Data API answers them: rows made JSON by the database.
    async statistics(): Promise<void> {
      const { organizationId, webhookId } = tenant();
      await sql`select * from public.webhook_totals where webhook_id = ${webhookId}`;
      await sql`select json_agg(d) from public.webhook_days(${organizationId}, ${webhookId}, current_date - 7) as d`;
    },
    async statisticsByType(): Promise<void> {
      const { organizationId, webhookId } = tenant();
      await sql`select json_agg(t) from public.webhook_event_totals(${organizationId}, ${webhookId}) as t`;
    },
    async counts(): Promise<void> {
      const { organizationId, webhookId } = tenant();
      await sql`select json_agg(c) from public.webhook_counts(${organizationId}, ${[webhookId]}::uuid[]) as c`;
    },
  };
}
