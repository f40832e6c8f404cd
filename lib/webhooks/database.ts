/** The engine's calls to the database, one function each, answers checked. */
import type { PostgrestError } from '@supabase/supabase-js';
import { z } from 'zod';
import type { Client } from '@/lib/supabase/client';
import type { Json } from '@/lib/supabase/database.types';
import { type Clock, claimAnswerSchema, leaseAnswerSchema, type Outcome, publishAnswerSchema } from './types';

/** One event as `publish_events` takes it. */
export type EventRow = {
  id: string;
  key_hash?: string;
  organization_id?: string;
  type: string;
  data: string;
  occurred_at: string;
  user_id: string | null;
  candidate_id: string | null;
  application_id: string | null;
  job_id: string | null;
  keys: string[];
  idempotency_key?: string;
  content_hash?: string;
};

/** How much this worker can take: in all, for a webhook it knows nothing of, and for those it does. */
export interface Room {
  total: number;
  perWebhook: number;
  byWebhook: Record<string, number>;
}

/** What the database refused or could not do. `code` is the SQLSTATE or PostgREST's code, empty when there was no answer. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly code: string;
  constructor(call: string, error: Pick<PostgrestError, 'message' | 'code'>) {
    super(`${call}: ${error.message}`);
    this.code = error.code ?? '';
  }
  /** Deadlocks, lost connections, shutdowns: the same call may succeed when repeated. */
  get transient(): boolean {
    return this.code === '' || /^(08|40|53|57)/.test(this.code);
  }
}

const sweepState = z.enum(['held', 'idle', 'superseded']);
const backlogSchema = z.object({ due: z.number(), retrying: z.number(), oldestDueSeconds: z.number() });
const maintenanceSchema = z.object({
  made: z.number(),
  dropped: z.array(z.string()),
  busy: z.array(z.string()),
});

/**
 * The engine's database. `leases`: contract → lease in ms; `rules`: contract → its switch-off rule, as
 * `record_attempts` reads it. Every function throws a DatabaseError when the call fails.
 */
export function engineDatabase(
  client: () => Promise<Client>,
  clock: Clock,
  policy: {
    leases: Readonly<Record<string, number>>;
    rules: Readonly<Record<string, Json>>;
    /** Events, deliveries and attempts older than this are dropped; 90 when left out. */
    retentionDays?: number;
  },
) {
  const now = () => clock.databaseNow() ?? undefined;
  const { leases, rules } = policy;

  function answer<S extends z.ZodType>(
    call: string,
    schema: S,
    { data, error }: { data: unknown; error: PostgrestError | null },
  ): z.infer<S> {
    if (error) throw new DatabaseError(call, error);
    return schema.parse(data);
  }

  return {
    async publish(events: readonly EventRow[], room: Room) {
      const db = await client();
      return answer(
        'publish_events',
        publishAnswerSchema,
        await db.rpc('publish_events', {
          p_events: [...events],
          p_leases: leases,
          p_lease_limit: room.total,
          p_per_webhook: room.perWebhook,
          p_rooms: room.byWebhook,
          p_now: now(),
        }),
      );
    },

    async claim(room: Room, after: string | null) {
      const db = await client();
      return answer(
        'claim_due_deliveries',
        claimAnswerSchema,
        await db.rpc('claim_due_deliveries', {
          p_limit: room.total,
          p_per_webhook: room.perWebhook,
          p_rooms: room.byWebhook,
          p_leases: leases,
          p_after: after ?? undefined,
          p_now: now(),
        }),
      );
    },

    async record(outcomes: readonly Outcome[]) {
      const db = await client();
      return answer(
        'record_attempts',
        z.object({ recorded: z.number(), late: z.number(), off: z.record(z.string(), z.string()) }),
        await db.rpc('record_attempts', { p_outcomes: [...outcomes], p_rules: rules, p_now: now() }),
      );
    },

    async release(held: readonly { id: string; token: string }[]) {
      const db = await client();
      return answer(
        'release_deliveries',
        z.number(),
        await db.rpc('release_deliveries', { p_leases: [...held], p_now: now() }),
      );
    },

    async lease(organizationId: string, deliveryId: string) {
      const db = await client();
      return answer(
        'lease_delivery',
        leaseAnswerSchema,
        await db.rpc('lease_delivery', {
          p_organization_id: organizationId,
          p_delivery_id: deliveryId,
          p_leases: leases,
          p_now: now(),
        }),
      );
    },

    async publishTest(
      organizationId: string,
      webhookId: string,
      event: Pick<EventRow, 'id' | 'type' | 'data' | 'occurred_at' | 'user_id'>,
      leaseMs: number,
    ) {
      const db = await client();
      return answer(
        'publish_test',
        z.object({ id: z.string(), token: z.string(), webhooks: claimAnswerSchema.shape.webhooks }),
        await db.rpc('publish_test', {
          p_organization_id: organizationId,
          p_webhook_id: webhookId,
          p_event: event,
          p_lease_ms: leaseMs,
          p_now: now(),
        }),
      );
    },

    async takeSweep(holder: string, tick: number, ttlMs: number) {
      const db = await client();
      return answer(
        'take_sweep',
        sweepState,
        await db.rpc('take_sweep', { p_holder: holder, p_tick: tick, p_ttl_ms: ttlMs, p_now: now() }),
      );
    },

    async maintain() {
      const db = await client();
      return answer(
        'maintain_partitions',
        maintenanceSchema,
        await db.rpc('maintain_partitions', { p_retention_days: policy.retentionDays, p_now: now() }),
      );
    },

    async backlog() {
      const db = await client();
      return answer('delivery_backlog', backlogSchema, await db.rpc('delivery_backlog', { p_now: now() }));
    },
  };
}

export type EngineDatabase = ReturnType<typeof engineDatabase>;
