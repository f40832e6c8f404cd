/** The engine's calls to the database, one function each, answers checked. */
import { z } from 'zod';
import type { Json } from '@/lib/supabase/database.types';
import type { FunctionName, Rpc } from '@/lib/supabase/rpc';
import { eventColumns, outcomeColumns } from './columns';
import {
  type Clock,
  claimAnswerSchema,
  type EventRow,
  leasedAnswerSchema,
  type Outcome,
  publishAnswerSchema,
} from './types';

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
  constructor(call: string, error: { message: string; code: string }) {
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
  more: z.boolean(),
});
const recordAnswerSchema = z.object({
  recorded: z.number(),
  late: z.number(),
  off: z.record(z.string(), z.string()),
});
const testAnswerSchema = z.object({
  id: z.string(),
  token: z.string(),
  webhooks: leasedAnswerSchema.shape.webhooks,
});

/**
 * The engine's database. `leases`: contract → lease in ms; `rules`: contract → its switch-off rule, as
 * `record_attempts` reads it. Every function throws a DatabaseError when the call fails.
 */
export function engineDatabase(
  rpc: Rpc,
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

  async function call<N extends FunctionName, S extends z.ZodType>(
    name: N,
    args: Parameters<typeof rpc<N>>[1],
    schema: S,
  ): Promise<z.infer<S>> {
    const { data, error } = await rpc(name, args);
    if (error) throw new DatabaseError(name, error);
    return schema.parse(data);
  }

  return {
    /** `keys`: event type → the keys of which a webhook must have one to be told. */
    publish: (events: readonly EventRow[], keys: Readonly<Record<string, readonly string[]>>, room: Room) =>
      call(
        'publish_events',
        {
          ...eventColumns(events),
          p_keys: Object.fromEntries(Object.entries(keys).map(([type, some]) => [type, [...some]])),
          p_leases: leases,
          p_lease_limit: room.total,
          p_per_webhook: room.perWebhook,
          p_rooms: room.byWebhook,
          p_now: now(),
        },
        publishAnswerSchema,
      ),

    claim: (room: Room, after: string | null) =>
      call(
        'claim_due_deliveries',
        {
          p_limit: room.total,
          p_per_webhook: room.perWebhook,
          p_rooms: room.byWebhook,
          p_leases: leases,
          p_after: after ?? undefined,
          p_now: now(),
        },
        claimAnswerSchema,
      ),

    record: (outcomes: readonly Outcome[]) =>
      call(
        'record_attempts',
        { ...outcomeColumns(outcomes), p_rules: rules, p_now: now() },
        recordAnswerSchema,
      ),

    release: (held: readonly { id: string; token: string }[]) =>
      call('release_deliveries', { p_leases: [...held], p_now: now() }, z.number()),

    lease: (organizationId: string, deliveryId: string) =>
      call(
        'lease_delivery',
        { p_organization_id: organizationId, p_delivery_id: deliveryId, p_leases: leases, p_now: now() },
        leasedAnswerSchema,
      ),

    publishTest: (
      organizationId: string,
      webhookId: string,
      event: Pick<EventRow, 'id' | 'type' | 'data' | 'occurred_at' | 'user_id'>,
      leaseMs: number,
    ) =>
      call(
        'publish_test',
        {
          p_organization_id: organizationId,
          p_webhook_id: webhookId,
          p_event: event,
          p_lease_ms: leaseMs,
          p_now: now(),
        },
        testAnswerSchema,
      ),

    takeSweep: (holder: string, tick: number, ttlMs: number) =>
      call('take_sweep', { p_holder: holder, p_tick: tick, p_ttl_ms: ttlMs, p_now: now() }, sweepState),

    maintain: () =>
      call(
        'maintain_partitions',
        { p_retention_days: policy.retentionDays, p_now: now() },
        maintenanceSchema,
      ),

    backlog: () => call('delivery_backlog', { p_now: now() }, backlogSchema),
  };
}

export type EngineDatabase = ReturnType<typeof engineDatabase>;
