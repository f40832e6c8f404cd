import postgres from 'postgres';

const WEEKS_OLD = 15;
const CHUNK = 250_000;

/** Whose events are published, and who is told. */
export interface Tenant {
  organizationId: string;
  webhookId: string;
}

/** Makes an organization with one webhook that asks for `offer.rejected`, in a migrated `sql`. */
export async function prepareTenant(sql: postgres.Sql): Promise<Tenant> {
  const [tenant] = await sql<Tenant[]>`
    with made as (insert into public.organizations (name) values ('Retention') returning id)
    select id as "organizationId", public.create_webhook(id, jsonb_build_object('contract', 'standard',
      'url', 'http://127.0.0.1:9/', 'events', jsonb_build_array('offer.rejected')), 'whsec_cmV0ZW50aW9uLWJlbmNo') as "webhookId"
    from made`;
  if (tenant === undefined) throw new Error('no tenant');
  return tenant;
}

/** An event, a delivery and an attempt for each of `from` to `to` - 1 out of `count`, spread over the week that begins at `week`. */
const ROWS = (week: string, count: number, from: number, to: number) => `
  with timed as (
    select n, '${week}'::timestamptz + n * (interval '7 days' / ${count}) as at from generate_series(${from}, ${to - 1}) as n
  ), row as (
    select n, at, head || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15) as id
    from timed, lateral (select lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0') as head) as h
  )`;

const TABLES = ({ organizationId, webhookId }: Tenant) => [
  `insert into public.webhook_events (id, organization_id, type, data, occurred_at, created_at)
   select id::uuid, '${organizationId}', 'offer.rejected', '{"offerId":"o' || n || '"}', at, at from row`,
  `insert into public.webhook_deliveries (id, organization_id, webhook_id, event_id, event_type, status, attempts, body,
     response_code, duration_ms, created_at, completed_at)
   select id::uuid, '${organizationId}', '${webhookId}', id::uuid, 'offer.rejected', 'success', 1, '{"n":' || n || '}', 200, 3,
     at, at from row`,
  `insert into public.webhook_attempts (delivery_id, number, organization_id, webhook_id, started_at, duration_ms, url,
     status_code, request_headers, response_headers, response_body)
   select id::uuid, 1, '${organizationId}', '${webhookId}', at, 3, 'http://127.0.0.1:9/', 200, '{"webhook-id":"x"}',
     '{"content-length":"2"}', 'ok' from row`,
];

/** Makes the weekly partitions back to 15 weeks ago and puts `count` deliveries into that week; answers it as `2026w33`. */
export async function fillOldWeek(databaseUrl: string, tenant: Tenant, count: number): Promise<string> {
  const sql = postgres(databaseUrl, { max: 3, onnotice: () => undefined });
  const [week] = await sql<{ start: string; name: string }[]>`
    select week::text as start, to_char(week at time zone 'UTC', 'IYYY"w"IW') as name,
      private.ensure_partitions(week, now())
    from (select private.partition_week(now() - make_interval(weeks => ${WEEKS_OLD})) as week) as w`;
  if (week === undefined) throw new Error('no week');
  await Promise.all(
    TABLES(tenant).map(async (insert) => {
      for (let from = 0; from < count; from += CHUNK)
        await sql.unsafe(`${ROWS(week.start, count, from, Math.min(from + CHUNK, count))} ${insert}`);
    }),
  );
  await sql.end();
  return week.name;
}
