import postgres from 'postgres';

const WEBHOOKS = 100;
const WEEKS = 13;
const BACKLOG = 1_000;
const RARE = 5_000;

/** One organization, with one webhook, out of those that the rows are spread over. */
export interface Tenant {
  organizationId: string;
  webhookId: string;
}

/** Makes 100 organizations with one webhook each, and the partitions of the last 13 weeks. */
export async function prepareTenants(sql: postgres.Sql): Promise<Tenant[]> {
  await sql`select private.ensure_partitions(now() - make_interval(weeks => ${WEEKS - 1}), now() + interval '7 days')`;
  return sql<Tenant[]>`
    with made as (
      insert into public.organizations (name) select 'Scale ' || n from generate_series(1, ${WEBHOOKS}) as n returning id
    )
    select id as "organizationId", public.create_webhook(id, jsonb_build_object('contract', 'standard',
      'url', 'http://127.0.0.1:9/r/0/200/0', 'events', jsonb_build_array('offer.rejected')), 'whsec_c2NhbGUtYmVuY2htYXJr') as "webhookId"
    from made`;
}

/**
 * The rows of deliveries `from` to `to` - 1: an event, a delivery and an attempt each, tiny bodies, spread evenly
 * over 13 weekly partitions and the tenants. One in 50 failed; the first 5,000 are of a type that is
 * rarer the more rows there are. Identifiers are
 * UUIDv7 by form, made of a hash of the number, so that the three tables can be filled side by side.
 */
const ROWS = (from: number, to: number, now: string) => `
  with tenant as (
    select w.organization_id, w.id as webhook_id, row_number() over (order by w.id) - 1 as n
    from public.webhooks w join public.organizations o on o.id = w.organization_id where o.name like 'Scale %'
  ), numbered as (
    select n, md5(n::text) as hash,
      private.partition_week('${now}') - make_interval(weeks => ${WEEKS - 1} - (n % ${WEEKS})::integer)
        + (case when n % ${WEEKS} = ${WEEKS - 1} then '${now}'::timestamptz - private.partition_week('${now}') else interval '7 days' end)
        * ((('x' || substr(md5(n::text), 1, 7))::bit(28)::integer)::double precision / 268435456) as at
    from generate_series(${from}, ${to - 1}) as n
  ), timed as (
    select *, lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(hash, 1, 3) as head
    from numbered
  ), row as (
    select t.n, t.at, (head || '8' || substr(hash, 4, 15))::uuid as event_id, (head || '9' || substr(hash, 4, 15))::uuid as delivery_id,
      x.organization_id, x.webhook_id, t.n % 50 = 7 as failed,
      case when t.n < ${RARE} then 'offer.accepted' else 'offer.rejected' end as type
    from timed t join tenant x on x.n = (t.n / ${WEEKS}) % ${WEBHOOKS}
  )`;

const TABLES = [
  `insert into public.webhook_events (id, organization_id, type, data, occurred_at, candidate_id, application_id, created_at)
   select event_id, organization_id, type, '{"offerId":"o' || n || '"}', at, 'c' || n / 7, 'a' || n / 3, at from row`,
  `insert into public.webhook_deliveries (id, organization_id, webhook_id, event_id, event_type, status, reason, attempts, body,
     response_code, duration_ms, created_at, completed_at)
   select delivery_id, organization_id, webhook_id, event_id, type, case when failed then 'failed' else 'success' end,
     case when failed then 'exhausted' end, 1, '{"n":' || n || '}', case when failed then 500 else 200 end, 3, at, at from row`,
  `insert into public.webhook_attempts (delivery_id, number, organization_id, webhook_id, started_at, duration_ms, url, status_code,
     request_headers, response_headers, response_body)
   select delivery_id, 1, organization_id, webhook_id, at, 3, 'http://127.0.0.1:9/', case when failed then 500 else 200 end,
     '{"webhook-id":"x"}', '{"content-length":"2"}', 'ok' from row`,
  `, hourly as (
     select webhook_id, organization_id, type, date_trunc('hour', at at time zone 'UTC') as hour,
       count(*) filter (where not failed) as success, count(*) filter (where failed) as failed, count(*) as attempts
     from row group by 1, 2, 3, 4
   )
   insert into public.webhook_stats as s (webhook_id, organization_id, event_type, day, success, failed, error, attempts, duration_ms)
   select d.*, array_agg(coalesce(success, 0) order by h), array_agg(coalesce(failed, 0) order by h), array_fill(0, array[24]),
     array_agg(coalesce(attempts, 0) order by h), array_agg(3 * coalesce(attempts, 0) order by h)
   from (select distinct webhook_id, organization_id, type, hour::date as day from hourly) as d
   cross join generate_series(0, 23) as h
   left join hourly on hourly.webhook_id = d.webhook_id and hourly.type = d.type and hourly.hour = d.day + make_interval(hours => h)
   group by 1, 2, 3, 4
   on conflict (webhook_id, day, event_type) do update set ${['success', 'failed', 'attempts', 'duration_ms']
     .map(
       (list) =>
         `${list} = array(select a + b from unnest(s.${list}, excluded.${list}) with ordinality as l (a, b, n) order by n)`,
     )
     .join(', ')}`,
  `insert into public.webhook_type_totals as t (webhook_id, event_type, organization_id, success, failed, attempts)
   select webhook_id, type, organization_id, count(*) filter (where not failed), count(*) filter (where failed), count(*)
   from row group by 1, 2, 3
   on conflict (webhook_id, event_type) do update set success = t.success + excluded.success,
     failed = t.failed + excluded.failed, attempts = t.attempts + excluded.attempts`,
];
const CHUNK = 500_000;

/** Fills the empty tables with `deliveries`, side by side. */
export async function fill(databaseUrl: string, deliveries: number): Promise<void> {
  const now = new Date().toISOString();
  await Promise.all(
    TABLES.map(async (insert) => {
      const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
      await sql.unsafe(`set work_mem = '256MB'`);
      // Nothing is known of the rows that a statement makes itself: PostgreSQL would merge the hours by webhook alone.
      await sql.unsafe('set enable_mergejoin = off');
      for (let first = 0; first < deliveries; first += CHUNK)
        await sql.unsafe(`${ROWS(first, Math.min(first + CHUNK, deliveries), now)} ${insert}`);
      await sql.end();
    }),
  );
}

/**
 * Makes 1,000 of the oldest to newest deliveries due again: the backlog, the same at every size. Claims are told to look
 * that far back, as they are by everybody who opens old deliveries: the app's maintenance may have run on empty tables.
 */
export async function makeBacklog(sql: postgres.Sql): Promise<void> {
  await sql`
    with opened as (
      update public.webhook_deliveries set status = 'retrying', next_attempt_at = now() - interval '1 minute', completed_at = null
      where id in (select id from public.webhook_deliveries where status = 'success' order by md5(id::text) limit ${BACKLOG})
      returning id
    )
    select private.reopen_deliveries_from((select id from opened order by id limit 1))`;
}
