/** Reads deliveries and their attempts as far as the caller may see them. */
import 'server-only';
import { z } from 'zod';
import type { Caller } from '@/lib/accounts/caller';
import { Problem } from '@/lib/webhooks/errors';
import { storedBody } from '@/lib/webhooks/sent-body';
import { oneOf, rowsOf } from './answer';
import { type AttemptRow, attemptRow, DELIVERY_COLUMNS, type DeliveryRow, deliveryRow } from './rows';

export interface DeliveryFilter {
  statuses?: readonly DeliveryRow['status'][];
  eventType?: string;
  /** Before this delivery, for the next page. */
  cursor?: string;
  offset?: number;
  limit: number;
}

export interface DeliveryPage {
  deliveries: DeliveryRow[];
  /** For the next page; null on the last. */
  nextCursor: string | null;
}

/** Deliveries of these webhooks, newest first; the webhooks must be the caller's. */
export async function listDeliveries(
  caller: Caller,
  webhookIds: readonly string[],
  filter: DeliveryFilter,
): Promise<DeliveryPage> {
  if (webhookIds.length === 0) return { deliveries: [], nextCursor: null };
  const db = await caller.db();
  let query = db.from('webhook_deliveries').select(DELIVERY_COLUMNS);
  const [only] = webhookIds;
  query =
    webhookIds.length === 1 && only ? query.eq('webhook_id', only) : query.in('webhook_id', [...webhookIds]);
  if (filter.statuses) query = query.in('status', [...filter.statuses]);
  if (filter.eventType) query = query.eq('event_type', filter.eventType);
  if (filter.cursor) query = query.lt('id', filter.cursor);
  const offset = filter.offset ?? 0;
  query = query.order('id', { ascending: false }).range(offset, offset + filter.limit);
  const rows = rowsOf(deliveryRow, await query);
  const deliveries = rows.slice(0, filter.limit);
  return { deliveries, nextCursor: rows.length > filter.limit ? (deliveries.at(-1)?.id ?? null) : null };
}

/** The range in which an event's deliveries lie: they begin with its identifier's first 64 bits (`private.delivery_id`). */
function deliveryIdsOf(eventId: string): { first: string; last: string } {
  const beginning = eventId.slice(0, 19);
  return { first: `${beginning}8000-000000000000`, last: `${beginning}bfff-ffffffffffff` };
}

/** Who was told of an event: its deliveries to webhooks that the caller may see. */
export async function listEventDeliveries(caller: Caller, eventId: string): Promise<DeliveryRow[]> {
  const db = await caller.db();
  const { first, last } = deliveryIdsOf(eventId);
  const rows = rowsOf(
    deliveryRow,
    await db
      .from('webhook_deliveries')
      .select(DELIVERY_COLUMNS)
      .eq('event_id', eventId)
      .gte('id', first)
      .lte('id', last)
      .order('id', { ascending: false })
      .limit(1000),
  );
  const hidden = await hiddenWebhooks(caller);
  return rows.filter((row) => !hidden.has(row.webhook_id));
}

const ATTEMPT_COLUMNS =
  'number, started_at, duration_ms, url, status_code, error_class, error, address, request_headers, response_headers, response_body, response_truncated';

export interface DeliveryDetail {
  delivery: DeliveryRow;
  /** The bytes sent; null before the first recorded attempt. */
  body: string | null;
  attempts: AttemptRow[];
}

const text = z.string().nullable();
const sentRow = deliveryRow.extend({ body: text, body_head: text, body_tail: text });

/** A delivery of the caller's, with what is stored of its body, without its attempts. Throws a Problem (not_found). */
export async function findDelivery(caller: Caller, id: string): Promise<z.output<typeof sentRow>> {
  const db = await caller.db();
  const row = oneOf(
    sentRow,
    await db
      .from('webhook_deliveries')
      .select(`${DELIVERY_COLUMNS}, body, body_head, body_tail`)
      .eq('id', id)
      .maybeSingle(),
  );
  if (!row || (await hiddenWebhooks(caller)).has(row.webhook_id))
    throw new Problem('not_found', 'There is no such delivery.');
  return row;
}

/** Webhooks of single users that the caller is not: an API key's door has no row level security that knows its maker. */
async function hiddenWebhooks(caller: Caller): Promise<Set<string>> {
  if (caller.scopes === null || caller.role === 'owner') return new Set();
  const db = await caller.db();
  let query = db.from('webhooks').select('id').not('user_id', 'is', null);
  if (caller.userId) query = query.neq('user_id', caller.userId);
  return new Set(rowsOf(z.object({ id: z.string() }), await query).map(({ id }) => id));
}

/** A delivery with every recorded attempt. Throws a Problem (not_found). */
export async function getDelivery(caller: Caller, id: string): Promise<DeliveryDetail> {
  const { body, body_head, body_tail, ...delivery } = await findDelivery(caller, id);
  const db = await caller.db();
  const [event, attempts] = await Promise.all([
    db.from('webhook_events').select('data').eq('id', delivery.event_id).maybeSingle(),
    db.from('webhook_attempts').select(ATTEMPT_COLUMNS).eq('delivery_id', id).order('number'),
  ]);
  const data = oneOf(z.object({ data: z.string() }), event)?.data ?? null;
  return {
    delivery,
    body: storedBody({ body, body_head, body_tail }, data),
    attempts: rowsOf(attemptRow, attempts),
  };
}
