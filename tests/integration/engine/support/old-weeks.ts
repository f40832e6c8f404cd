import { z } from 'zod';
import type { World } from './world';

export interface OldDeliveries {
  organizationId: string;
  webhookId: string;
  weeksAgo: number;
  status: 'pending' | 'retrying' | 'success' | 'failed' | 'held';
  count?: number;
}

const idRow = z.object({ id: z.string() });

/** Puts events that were published weeks ago into the tables, each with one delivery; answers the deliveries. Open ones are due. */
export async function putOld(world: World, old: OldDeliveries): Promise<string[]> {
  const rows = await world.sql(
    `with event as (
       insert into public.webhook_events (id, organization_id, type, data, occurred_at, created_at)
       select private.uuid_v7_floor(at), $1::uuid, 'offer.accepted', $2, at, at
       from generate_series(1, $6::integer) as n,
         lateral (select now() - make_interval(weeks => $5::integer) + n * interval '1 millisecond' as at) as t
       returning id, created_at
     )
     insert into public.webhook_deliveries (id, organization_id, webhook_id, event_id, event_type, status, attempts, next_attempt_at, created_at)
     select private.delivery_id(id), $1::uuid, $3::uuid, id, 'offer.accepted', $4, case $4 when 'pending' then 0 else 1 end,
       case when $4 in ('pending', 'retrying') then created_at end, created_at
     from event
     returning id`,
    [
      old.organizationId,
      JSON.stringify({ offerId: 'o', applicationId: 'a', candidateId: 'c', reason: 'old' }),
      old.webhookId,
      old.status,
      String(old.weeksAgo),
      String(old.count ?? 1),
    ],
  );
  return idRow
    .array()
    .parse(rows)
    .map(({ id }) => id);
}

const doneRow = z.object({
  done: z.object({
    made: z.number(),
    dropped: z.array(z.string()),
    busy: z.array(z.string()),
    more: z.boolean(),
  }),
});

/** One call of `maintain_partitions`; `at` is an SQL expression. */
export async function maintainOnce(world: World, days = 90, at = 'null') {
  const [row] = await world.sql(`select public.maintain_partitions(${days}, 4, ${at}) as done`);
  return doneRow.parse(row).done;
}

/** Calls again while there is more, as the sweep does; answers what was busy at any time. */
export async function maintain(world: World, days = 90, at = 'null'): Promise<string[]> {
  const busy: string[] = [];
  for (;;) {
    const done = await maintainOnce(world, days, at);
    busy.push(...done.busy);
    if (!done.more) return busy;
  }
}

const sinceRow = z.object({ since: z.string() });

/** Below which identifier claims look for nothing. */
export async function openSince(world: World): Promise<string> {
  const [row] = await world.sql('select since from private.open_deliveries');
  return sinceRow.parse(row).since;
}

/** The lowest identifier of the week that was `weeksAgo`. */
export async function weekFloor(world: World, weeksAgo: number): Promise<string> {
  const [row] = await world.sql(
    'select private.uuid_v7_floor(private.partition_week(now() - make_interval(weeks => $1::integer))) as since',
    [String(weeksAgo)],
  );
  return sinceRow.parse(row).since;
}
