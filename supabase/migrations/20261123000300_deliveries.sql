-- What happened, who is to be told, and every attempt to tell them. Partitioned by week on UUIDv7 identifiers,
-- so that a look-up by id touches one partition and retention drops whole ones. No foreign keys between the
-- three: they would block the drop. The partitions live in a schema that no client role may use, since a
-- partition in an exposed schema is readable past its parent's row level security.

create function private.delivery_id(p_event_id uuid) returns uuid
language sql volatile parallel safe
return (left(p_event_id::text, 19) || right(gen_random_uuid()::text, 17))::uuid;
comment on function private.delivery_id is
  'A new UUIDv7 for a delivery: its first 64 bits are its event''s, so that the deliveries of an event lie together, in the partition of the same week, and are found without an index of their own.';

create function private.first_delivery_id(p_event_id uuid) returns uuid
language sql immutable parallel safe
return (left(p_event_id::text, 19) || '8000-000000000000')::uuid;

create function private.last_delivery_id(p_event_id uuid) returns uuid
language sql immutable parallel safe
return (left(p_event_id::text, 19) || 'bfff-ffffffffffff')::uuid;
comment on function private.last_delivery_id is
  'With first_delivery_id: the range of identifiers in which an event''s deliveries lie. Others of the same instant may too.';
revoke execute on function private.delivery_id from public, anon, authenticated;
revoke execute on function private.first_delivery_id, private.last_delivery_id from public, anon;
grant execute on function private.first_delivery_id, private.last_delivery_id to authenticated, service_role;

create schema partitions;
comment on schema partitions is 'Weekly partitions of webhook_events, webhook_deliveries and webhook_attempts. Not exposed.';
revoke all on schema partitions from public;

create table public.webhook_events (
  id uuid not null,
  organization_id uuid not null,
  type text not null,
  data text not null,
  occurred_at timestamptz not null,
  user_id text,
  candidate_id text,
  application_id text,
  job_id text,
  is_test boolean not null default false,
  created_at timestamptz not null,
  constraint webhook_events_pkey primary key (id),
  constraint webhook_events_data_size check (octet_length(data) <= 262144)
) partition by range (id);
comment on table public.webhook_events is 'What a platform published, once, whoever is told.';
comment on column public.webhook_events.data is 'Canonical JSON as validated; text, so that key order survives.';
-- Serves: an organization's events, newest first.
create index webhook_events_organization on public.webhook_events (organization_id, id desc);

create table public.webhook_deliveries (
  id uuid not null,
  organization_id uuid not null,
  webhook_id uuid not null,
  event_id uuid not null,
  event_type text not null,
  is_test boolean not null default false,
  status text not null,
  reason text,
  attempts smallint not null default 0,
  next_attempt_at timestamptz,
  lease_token uuid,
  body text,
  response_code smallint,
  error_class text,
  error text,
  duration_ms integer,
  created_at timestamptz not null,
  completed_at timestamptz,
  counted_as text,
  counted_at timestamptz,
  constraint webhook_deliveries_pkey primary key (id),
  constraint webhook_deliveries_status_known check (status in ('pending', 'retrying', 'success', 'failed', 'held')),
  constraint webhook_deliveries_never_stuck check ((status in ('pending', 'retrying')) = (next_attempt_at is not null))
) partition by range (id);
comment on table public.webhook_deliveries is 'One event for one webhook: its state, with its latest attempt.';
comment on column public.webhook_deliveries.reason is
  'Why it ended failed or is held: exhausted, final_status, gone, test, webhook_deleted, webhook_off.';
comment on column public.webhook_deliveries.next_attempt_at is
  'When it is due. While a worker holds the lease: when the lease ends and it is due again.';
comment on column public.webhook_deliveries.lease_token is 'Fences the worker that is sending it now.';
comment on column public.webhook_deliveries.counted_as is
  'failed or error, and counted_at when: how the statistics count it, so that a later success can take it back.';
comment on column public.webhook_deliveries.body is 'The bytes sent, kept from the first recorded attempt on.';
-- Serves: a webhook's deliveries, newest first.
create index webhook_deliveries_webhook on public.webhook_deliveries (webhook_id, id desc);
-- Serves: the same of one event type, however rare among the others.
create index webhook_deliveries_type on public.webhook_deliveries (webhook_id, event_type, id desc);
-- Serves: claims, webhook by webhook, soonest first; and holding what is open when a webhook goes off.
create index webhook_deliveries_open on public.webhook_deliveries (webhook_id, next_attempt_at)
  where status in ('pending', 'retrying');
-- Serves: a webhook's failed or held deliveries: the filter, the count, and their recovery.
create index webhook_deliveries_missed on public.webhook_deliveries (webhook_id, status, id desc)
  where status in ('failed', 'held');

create table public.webhook_attempts (
  delivery_id uuid not null,
  number smallint not null,
  organization_id uuid not null,
  webhook_id uuid not null,
  started_at timestamptz not null,
  duration_ms integer not null,
  url text not null,
  status_code smallint,
  error_class text,
  error text,
  address text,
  request_headers jsonb not null,
  response_headers jsonb,
  response_body text,
  response_truncated boolean not null default false,
  constraint webhook_attempts_pkey primary key (delivery_id, number)
) partition by range (delivery_id);
comment on table public.webhook_attempts is 'Every recorded attempt: what was sent, what came back.';
comment on column public.webhook_attempts.request_headers is 'As sent; values of the receiver''s own headers are hidden.';
comment on column public.webhook_attempts.response_body is 'Cut at 16 KiB.';

create table public.webhook_idempotency_keys (
  organization_id uuid not null,
  key text not null,
  event_id uuid not null,
  content_hash text not null,
  created_at timestamptz not null,
  constraint webhook_idempotency_keys_pkey primary key (organization_id, key)
);
comment on table public.webhook_idempotency_keys is 'Keys of published events, kept 7 days: a repeated key answers with the first event.';
-- Serves: dropping keys past their 7 days.
create index webhook_idempotency_keys_age on public.webhook_idempotency_keys (created_at);

create table public.webhook_stats (
  webhook_id uuid not null,
  hour timestamptz not null,
  event_type text not null,
  organization_id uuid not null,
  success integer not null default 0,
  failed integer not null default 0,
  error integer not null default 0,
  attempts integer not null default 0,
  duration_ms bigint not null default 0,
  constraint webhook_stats_pkey primary key (webhook_id, hour, event_type)
);
comment on table public.webhook_stats is
  'Deliveries ended (success; failed: an answer outside 2xx; error: no answer) and attempts made, per webhook, hour and event type. Tests do not count.';

create table public.webhook_type_totals (
  webhook_id uuid not null,
  event_type text not null,
  organization_id uuid not null,
  success bigint not null default 0,
  failed bigint not null default 0,
  error bigint not null default 0,
  attempts bigint not null default 0,
  constraint webhook_type_totals_pkey primary key (webhook_id, event_type)
);
comment on table public.webhook_type_totals is 'webhook_stats added up over a webhook''s life, so that it is never read whole.';

create table public.webhook_totals (
  webhook_id uuid primary key,
  organization_id uuid not null,
  success bigint not null default 0,
  failed bigint not null default 0,
  error bigint not null default 0,
  attempts bigint not null default 0,
  duration_ms bigint not null default 0,
  consecutive_failures integer not null default 0,
  failing_since timestamptz,
  failures_since_success integer not null default 0,
  last_success_at timestamptz,
  last_delivery_at timestamptz
);
comment on table public.webhook_totals is 'Running totals of a webhook, and what its switch-off rule looks at.';
comment on column public.webhook_totals.consecutive_failures is 'Deliveries that ended failed since the last success.';
comment on column public.webhook_totals.failures_since_success is 'Deliveries that began to fail since the last success.';

-- Who may what: members read; everything is written by functions ----------------------------------------

alter table public.webhook_events enable row level security;
alter table public.webhook_deliveries enable row level security;
alter table public.webhook_attempts enable row level security;
alter table public.webhook_idempotency_keys enable row level security;
alter table public.webhook_stats enable row level security;
alter table public.webhook_type_totals enable row level security;
alter table public.webhook_totals enable row level security;

create policy webhook_events_members_read on public.webhook_events for select to authenticated
  using (organization_id in (select private.my_organizations()));
create policy webhook_deliveries_members_read on public.webhook_deliveries for select to authenticated
  using (webhook_id in (select private.my_webhooks()));
create policy webhook_attempts_members_read on public.webhook_attempts for select to authenticated
  using (webhook_id in (select private.my_webhooks()));
create policy webhook_stats_members_read on public.webhook_stats for select to authenticated
  using (webhook_id in (select private.my_webhooks()));
create policy webhook_type_totals_members_read on public.webhook_type_totals for select to authenticated
  using (webhook_id in (select private.my_webhooks()));
create policy webhook_totals_members_read on public.webhook_totals for select to authenticated
  using (webhook_id in (select private.my_webhooks()));

revoke all on public.webhook_events, public.webhook_deliveries, public.webhook_attempts,
  public.webhook_idempotency_keys, public.webhook_stats, public.webhook_type_totals, public.webhook_totals
  from public, anon, authenticated, service_role;
grant select on public.webhook_events, public.webhook_attempts, public.webhook_stats, public.webhook_type_totals,
  public.webhook_totals to authenticated, service_role;
grant select (id, organization_id, webhook_id, event_id, event_type, is_test, status, reason, attempts,
    next_attempt_at, body, response_code, error_class, error, duration_ms, created_at, completed_at)
  on public.webhook_deliveries to authenticated, service_role;

-- Partitions --------------------------------------------------------------------------------------------

create function private.partition_week(p_at timestamptz) returns timestamptz
language sql immutable parallel safe set search_path = ''
as $$ select date_trunc('week', p_at at time zone 'UTC') at time zone 'UTC' $$;

create function private.ensure_partitions(p_from timestamptz, p_to timestamptz) returns integer
language plpgsql set search_path = ''
as $$
declare
  v_week timestamptz := private.partition_week(p_from);
  v_parent text;
  v_name text;
  v_made integer := 0;
begin
  while v_week <= p_to loop
    foreach v_parent in array array['webhook_events', 'webhook_deliveries', 'webhook_attempts'] loop
      v_name := v_parent || '_' || to_char(v_week at time zone 'UTC', 'IYYY"w"IW');
      if to_regclass('partitions.' || quote_ident(v_name)) is null then
        -- Made by itself and then attached, which lets publishes go on; "partition of" would lock them out.
        execute format('create table partitions.%I (like public.%I including all)', v_name, v_parent);
        execute format('alter table partitions.%I enable row level security', v_name);
        execute format('alter table public.%I attach partition partitions.%I for values from (%L) to (%L)',
          v_parent, v_name, private.uuid_v7_floor(v_week), private.uuid_v7_floor(v_week + interval '7 days'));
        v_made := v_made + 1;
      end if;
    end loop;
    v_week := v_week + interval '7 days';
  end loop;
  return v_made;
end
$$;
comment on function private.ensure_partitions is 'Makes the weekly partitions between two times that do not exist yet; answers how many.';

create function public.maintain_partitions(
  p_retention_days integer default 90, p_weeks_ahead integer default 4, p_now timestamptz default null
) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_now timestamptz := coalesce(p_now, clock_timestamp());
  v_keep text := to_char(
    private.partition_week(v_now - make_interval(days => p_retention_days)) at time zone 'UTC', 'IYYY"w"IW');
  v_old record;
  v_made integer := 0;
  v_dropped text[] := '{}';
  v_busy text[] := '{}';
  v_keys integer;
  v_more boolean;
begin
  -- Nobody may queue long behind a lock that is asked for here: give up and come back. Two such waits stay under 100 ms.
  perform set_config('lock_timeout', '40ms', true);
  begin
    v_made := private.ensure_partitions(v_now, v_now + make_interval(weeks => p_weeks_ahead));
  exception when lock_not_available or duplicate_table or unique_violation then
    v_busy := v_busy || 'next'::text;
  end;
  delete from public.webhook_idempotency_keys where ctid = any (array(
    select ctid from public.webhook_idempotency_keys where created_at < v_now - interval '7 days' limit 10000
    for update skip locked));
  get diagnostics v_keys = row_count;

  -- A drop locks the whole table to the end of the transaction: so one in each call, and nothing after it. Of each table
  -- only the oldest partition is tried, lest a report that reads the table make publishes wait once for every week.
  for v_old in
    select left(c.relname, -8) as parent, min(c.relname::text) as name
    from pg_catalog.pg_class c
    where c.relnamespace = 'partitions'::regnamespace and c.relkind = 'r' and right(c.relname, 7) < v_keep
    group by 1 order by right(min(c.relname::text), 7), 1
  loop
    exit when v_keys = 10000;
    begin
      execute format('lock table only public.%I in access exclusive mode', v_old.parent);
      -- While this is held everybody waits, so nobody is waited for.
      perform set_config('lock_timeout', '1ms', true);
      execute format('drop table if exists partitions.%I', v_old.name);
      v_dropped := array[v_old.name];
      exit;
    exception when lock_not_available then
      v_busy := v_busy || v_old.name;
    end;
  end loop;
  v_more := cardinality(v_dropped) > 0 or v_keys = 10000;
  if not v_more then
    begin
      perform private.refresh_open_deliveries(v_now);
    exception when lock_not_available then
      v_busy := v_busy || 'since'::text;
    end;
  end if;
  return jsonb_build_object('made', v_made, 'dropped', v_dropped, 'busy', v_busy, 'more', v_more);
end
$$;
comment on function public.maintain_partitions is
  'Makes the next weekly partitions, forgets idempotency keys after 7 days, drops the oldest partition past retention, and when nothing is left to drop finds from where on deliveries are open. more: there is more to do at once; what was locked is named in busy (a partition, next, since) and tried at a later call.';
revoke execute on function private.partition_week, private.ensure_partitions, public.maintain_partitions
  from public, anon, authenticated;
grant execute on function public.maintain_partitions to service_role;

-- The week before the first is there for clocks that run behind.
select private.ensure_partitions(now() - interval '7 days', now() + interval '28 days');
