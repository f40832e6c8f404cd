-- Leases: claiming what is due, fairly, and giving back.

create table private.open_deliveries (
  one boolean primary key default true check (one),
  since uuid not null
);
comment on table private.open_deliveries is
  'No open delivery has an identifier below this, so that claims leave out the partitions that are done with.';
alter table private.open_deliveries enable row level security;
insert into private.open_deliveries (since) values ('00000000-0000-0000-0000-000000000000');

create function private.reopen_deliveries_from(p_id uuid) returns void
language sql security definer set search_path = ''
as $$ update private.open_deliveries set since = p_id where since > p_id $$;
comment on function private.reopen_deliveries_from is
  'Before an old delivery is opened again: claims must look that far back. Holds up private.refresh_open_deliveries until the end of the transaction, whether there is something to change or not.';

create function private.refresh_open_deliveries(p_now timestamptz) returns void
language plpgsql security definer set search_path = '' set enable_seqscan = off
as $$
declare
  -- A process whose clock runs behind stores deliveries under the past week.
  v_since uuid := private.uuid_v7_floor(private.partition_week(p_now - interval '7 days'));
  v_week record;
  v_open boolean;
begin
  -- Waits for everybody who is opening an old delivery, and is waited for: what they open must be seen here.
  lock table private.open_deliveries in share row exclusive mode;
  for v_week in
    select c.relname::text as name, private.uuid_v7_floor(to_timestamp(right(c.relname, 7), 'IYYY"w"IW')) as floor
    from pg_catalog.pg_class c
    where c.relnamespace = 'partitions'::regnamespace and c.relkind = 'r' and c.relname like 'webhook_deliveries_%'
    order by c.relname
  loop
    exit when v_week.floor >= v_since;
    execute format('select exists (select from partitions.%I where status in (''pending'', ''retrying''))', v_week.name)
      into v_open;
    if v_open then
      v_since := v_week.floor;
    end if;
  end loop;
  update private.open_deliveries set since = v_since where since <> v_since;
end
$$;
comment on function private.refresh_open_deliveries is 'Finds the oldest partition in which something is open.';

create function private.due_rows(p_deliveries uuid[]) returns json
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
begin
  return (
    select coalesce(json_agg(json_build_object('id', d.id, 'webhook_id', d.webhook_id, 'event_id', d.event_id,
      'number', d.attempts + 1, 'is_test', d.is_test, 'body', d.body, 'type', e.type, 'user_id', e.user_id,
      'occurred_at', e.occurred_at, 'data', case when d.body is null then e.data end)), '[]')
    from unnest(p_deliveries) as l (id)
    join public.webhook_deliveries d on d.id = l.id
    join public.webhook_events e on e.id = d.event_id);
end
$$;
comment on function private.due_rows is 'Leased deliveries as a worker takes them; the event''s data only where no body was rendered yet.';

create function public.claim_due_deliveries(
  p_limit integer, p_per_webhook integer, p_leases jsonb, p_rooms jsonb default '{}', p_after uuid default null,
  p_now timestamptz default null
) returns json
language plpgsql security definer set search_path = '' set jit = off set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
  v_now timestamptz := coalesce(p_now, clock_timestamp());
  v_token uuid := gen_random_uuid();
  v_zero constant uuid := '00000000-0000-0000-0000-000000000000';
  v_start uuid := coalesce(p_after, v_zero);
  v_at uuid := v_start;
  v_since uuid;
  v_wrapped boolean := v_start = v_zero;
  v_room integer;
  v_webhook record;
  v_leased uuid[];
  v_deliveries uuid[] := '{}';
  v_webhooks uuid[] := '{}';
  v_visited integer := 0;
  v_more boolean := false;
begin
  select since into v_since from private.open_deliveries;
  -- From webhook to webhook along the open index: a deep backlog of one costs the others nothing.
  loop
    select d.webhook_id into v_at from public.webhook_deliveries d
      where d.status in ('pending', 'retrying') and d.webhook_id > v_at and d.id >= v_since
      order by d.webhook_id limit 1;
    if v_at is null then
      exit when v_wrapped;
      v_wrapped := true;
      v_at := v_zero;
      continue;
    end if;
    exit when v_wrapped and v_start <> v_zero and v_at > v_start;
    v_visited := v_visited + 1;
    if v_visited > 1000 then
      v_more := true;
      exit;
    end if;
    v_room := least(coalesce((p_rooms ->> v_at::text)::integer, p_per_webhook), p_limit - cardinality(v_deliveries));
    if v_room <= 0 then
      v_more := v_more or exists (select from public.webhook_deliveries d
        where d.webhook_id = v_at and d.status in ('pending', 'retrying') and d.next_attempt_at <= v_now and d.id >= v_since);
      continue;
    end if;

    select w.is_active, w.deleted_at, (p_leases ->> w.contract)::bigint as lease_ms
      into v_webhook from public.webhooks w where w.id = v_at;

    if v_webhook.is_active is null or v_webhook.deleted_at is not null then
      perform private.close_deliveries(v_at, 'failed', v_now);
      continue;
    end if;
    if not v_webhook.is_active then
      perform private.close_deliveries(v_at, 'held', v_now);
    end if;

    with due as materialized (
      select d.id from public.webhook_deliveries d
      where d.webhook_id = v_at and d.status in ('pending', 'retrying') and d.next_attempt_at <= v_now and d.id >= v_since
        and (v_webhook.is_active or d.is_test)
      order by d.next_attempt_at
      limit v_room
      for update skip locked
    ), leased as (
      update public.webhook_deliveries d
      set lease_token = v_token, next_attempt_at = v_now + v_webhook.lease_ms * interval '1 millisecond'
      from due where d.id = due.id
      returning d.id
    )
    select array_agg(id) into v_leased from leased;

    if v_leased is not null then
      v_deliveries := v_deliveries || v_leased;
      v_webhooks := v_webhooks || v_at;
      v_more := v_more or cardinality(v_leased) = v_room;
      if cardinality(v_deliveries) >= p_limit then
        v_more := true;
        exit;
      end if;
    end if;
  end loop;
  return json_build_object('token', v_token, 'deliveries', private.due_rows(v_deliveries),
    'webhooks', private.targets(v_webhooks, v_now), 'cursor', v_at, 'more', v_more);
end
$$;
comment on function public.claim_due_deliveries is
  'Leases up to p_limit due deliveries, for one webhook no more than its room (p_rooms: webhook → room, else p_per_webhook), going round the webhooks from p_after, all under one token; skips rows that another worker holds.';

create function public.release_deliveries(p_leases jsonb, p_now timestamptz default null) returns integer
language sql security definer set search_path = '' set jit = off
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
  with locked as (
    -- In order of id, as record_attempts locks them.
    select d.id from jsonb_to_recordset(p_leases) as l (id uuid, token uuid)
    join public.webhook_deliveries d on d.id = l.id and d.lease_token = l.token
    order by d.id for update of d
  ), released as (
    update public.webhook_deliveries d
    set lease_token = null, next_attempt_at = coalesce(p_now, clock_timestamp())
    from locked where d.id = locked.id and d.status in ('pending', 'retrying')
    returning 1
  )
  select count(*)::integer from released
$$;
comment on function public.release_deliveries is 'Gives leases back unspent: due again at once.';

revoke execute on function private.reopen_deliveries_from, private.refresh_open_deliveries, private.due_rows,
  public.claim_due_deliveries, public.release_deliveries from public, anon, authenticated;
grant execute on function public.claim_due_deliveries, public.release_deliveries to service_role;
