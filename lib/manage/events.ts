/** Reads published events and what became of them. */
import 'server-only';
import { z } from 'zod';
import type { Caller } from '@/lib/accounts/caller';
import { oneOf, rowsOf } from './answer';
import { type EventRowRead, eventRow } from './rows';

const EVENT_COLUMNS =
  'id, type, data, occurred_at, created_at, user_id, candidate_id, application_id, job_id, is_test';

export interface EventFilter {
  types?: readonly string[];
  /** Tests among them or not; both when left out. */
  isTest?: boolean;
  cursor?: string;
  offset?: number;
  limit: number;
}

export interface EventPage {
  events: (EventRowRead & { deliveries: Record<string, number> })[];
  nextCursor: string | null;
}

/** The organization's events, newest first, each with its deliveries counted by status. */
export async function listEvents(caller: Caller, filter: EventFilter): Promise<EventPage> {
  const db = await caller.db();
  let query = db.from('webhook_events').select(EVENT_COLUMNS);
  if (filter.types) query = query.in('type', [...filter.types]);
  if (filter.isTest !== undefined) query = query.eq('is_test', filter.isTest);
  if (filter.cursor) query = query.lt('id', filter.cursor);
  const offset = filter.offset ?? 0;
  query = query.order('id', { ascending: false }).range(offset, offset + filter.limit);
  const rows = rowsOf(eventRow, await query);
  const events = rows.slice(0, filter.limit);
  const counts = await deliveryCounts(
    caller,
    events.map(({ id }) => id),
  );
  return {
    events: events.map((event) => ({ ...event, deliveries: counts.get(event.id) ?? {} })),
    nextCursor: rows.length > filter.limit ? (events.at(-1)?.id ?? null) : null,
  };
}

async function deliveryCounts(caller: Caller, ids: string[]): Promise<Map<string, Record<string, number>>> {
  const counts = new Map<string, Record<string, number>>();
  if (ids.length === 0) return counts;
  const db = await caller.db();
  const row = z.object({ event_id: z.string(), status: z.string(), deliveries: z.number() });
  const answer = await db.rpc('event_delivery_counts', {
    p_organization_id: caller.organizationId,
    p_event_ids: ids,
  });
  for (const { event_id, status, deliveries } of rowsOf(row, answer)) {
    counts.set(event_id, { ...counts.get(event_id), [status]: deliveries });
  }
  return counts;
}

/** An event of the caller's organization, null when there is none. */
export async function findEventRow(caller: Caller, id: string): Promise<EventRowRead | null> {
  const db = await caller.db();
  return oneOf(eventRow, await db.from('webhook_events').select(EVENT_COLUMNS).eq('id', id).maybeSingle());
}
