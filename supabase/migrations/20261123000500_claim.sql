-- Leases: claiming what is due, fairly; giving back; resending; recovering.

create function private.due_row(d public.webhook_deliveries) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('id', d.id, 'webhook_id', d.webhook_id, 'event_id', d.event_id, 'token', d.lease_token,
    'number', d.attempts + 1, 'is_test', d.is_test, 'body', d.body, 'type', e.type, 'user_id', e.user_id,
    'occurred_at', e.occurred_at, 'data', case when d.body is null then e.data end)
  from public.webhook_events e where e.id = d.event_id
$$;
comment on function private.due_row is 'A leased delivery as a worker takes it; the event''s data only where no body was rendered yet.';

create function public.claim_due_deliveries(
  p_limit integer, p_per_webhook integer, p_leases jsonb, p_rooms jsonb default '{}', p_after uuid default null,
  p_now timestamptz default null
) returns jsonb
language plpgsql security definer set search_path = '' set enable_seqscan = off set jit = off
as $$
declare
  v_now timestamptz := coalesce(p_now, clock_timestamp());
  v_zero constant uuid := '00000000-0000-0000-0000-000000000000';
  v_start uuid := coalesce(p_after, v_zero);
  v_at uuid := v_start;
  v_wrapped boolean := v_start = v_zero;
  v_room integer;
  v_webhook record;
  v_rows jsonb;
  v_deliveries jsonb := '[]';
  v_webhooks uuid[] := '{}';
  v_got integer := 0;
  v_visited integer := 0;
  v_more boolean := false;
begin
  -- From webhook to webhook along the open index: a deep backlog of one costs the others nothing.
  loop
    select d.webhook_id into v_at from public.webhook_deliveries d
      where d.status in ('pending', 'retrying') and d.webhook_id > v_at
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
    v_room := least(coalesce((p_rooms ->> v_at::text)::integer, p_per_webhook), p_limit - v_got);
    if v_room <= 0 then
      v_more := v_more or exists (select from public.webhook_deliveries d
        where d.webhook_id = v_at and d.status in ('pending', 'retrying') and d.next_attempt_at <= v_now);
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
      where d.webhook_id = v_at and d.status in ('pending', 'retrying') and d.next_attempt_at <= v_now
        and (v_webhook.is_active or d.is_test)
      order by d.next_attempt_at
      limit v_room
      for update skip locked
    ), leased as (
      update public.webhook_deliveries d
      set lease_token = gen_random_uuid(), next_attempt_at = v_now + v_webhook.lease_ms * interval '1 millisecond'
      from due where d.id = due.id
      returning d.*
    )
    select jsonb_agg(private.due_row(l::public.webhook_deliveries)) into v_rows from leased l;

    if v_rows is not null then
      v_deliveries := v_deliveries || v_rows;
      v_webhooks := v_webhooks || v_at;
      v_got := v_got + jsonb_array_length(v_rows);
      v_more := v_more or jsonb_array_length(v_rows) = v_room;
      if v_got >= p_limit then
        v_more := true;
        exit;
      end if;
    end if;
  end loop;
  return jsonb_build_object('deliveries', v_deliveries, 'webhooks', private.targets(v_webhooks, v_now),
    'cursor', v_at, 'more', v_more);
end
$$;
comment on function public.claim_due_deliveries is
  'Leases up to p_limit due deliveries, for one webhook no more than its room (p_rooms: webhook → room, else p_per_webhook), going round the webhooks from p_after; skips rows that another worker holds.';

create function private.close_deliveries(p_webhook_id uuid, p_status text, p_now timestamptz) returns integer
language plpgsql security definer set search_path = '' set enable_seqscan = off set jit = off
as $$
declare
  v_closed integer;
begin
  with locked as (
    select d.id from public.webhook_deliveries d
    where d.webhook_id = p_webhook_id and d.status in ('pending', 'retrying') and (not d.is_test or p_status = 'failed')
    order by d.id for update skip locked
  )
  update public.webhook_deliveries d
  set status = p_status, reason = case p_status when 'held' then 'webhook_off' else 'webhook_deleted' end,
    next_attempt_at = null, lease_token = null,
    completed_at = case when p_status = 'failed' then p_now end
  from locked where d.id = locked.id;
  get diagnostics v_closed = row_count;
  return v_closed;
end
$$;
comment on function private.close_deliveries is
  'Ends the open deliveries of a webhook that went off (held, but for tests) or was deleted (failed). Skips rows that a worker is recording, lest the two wait for each other: the next claim finds those.';

create function public.release_deliveries(p_leases jsonb, p_now timestamptz default null) returns integer
language sql security definer set search_path = '' set enable_seqscan = off set jit = off
as $$
  with locked as (
    -- In order of id, as record_attempts locks them.
    select d.id, d.lease_token from public.webhook_deliveries d
    where d.id = any (array(select (l ->> 'id')::uuid from jsonb_array_elements(p_leases) as l))
    order by d.id for update
  ), released as (
    update public.webhook_deliveries d
    set lease_token = null, next_attempt_at = coalesce(p_now, clock_timestamp())
    from locked
    join jsonb_to_recordset(p_leases) as l (id uuid, token uuid) on l.id = locked.id and l.token = locked.lease_token
    where d.id = locked.id and d.status in ('pending', 'retrying')
    returning 1
  )
  select count(*)::integer from released
$$;
comment on function public.release_deliveries is 'Gives leases back unspent: due again at once.';

create function public.lease_delivery(
  p_organization_id uuid, p_delivery_id uuid, p_leases jsonb, p_now timestamptz default null
) returns jsonb
language plpgsql security definer set search_path = '' set enable_seqscan = off set jit = off
as $$
declare
  v_now timestamptz := coalesce(p_now, clock_timestamp());
  v_delivery public.webhook_deliveries;
  v_webhook record;
begin
  select * into v_delivery from public.webhook_deliveries
    where id = p_delivery_id and organization_id = p_organization_id for update;
  if not found then
    raise sqlstate 'PT404' using message = 'No such delivery.';
  end if;
  select w.is_active, w.deleted_at, (p_leases ->> w.contract)::bigint as lease_ms
    into v_webhook from public.webhooks w where w.id = v_delivery.webhook_id;
  if v_webhook.deleted_at is not null or v_webhook.lease_ms is null then
    raise sqlstate 'PT409' using message = 'This webhook was deleted.';
  end if;
  if not v_webhook.is_active and not v_delivery.is_test then
    raise sqlstate 'PT409' using message = 'This webhook is off: switch it on first.';
  end if;
  if v_delivery.lease_token is not null and v_delivery.next_attempt_at > v_now then
    raise sqlstate 'PT409' using message = 'This delivery is being sent right now.';
  end if;
  update public.webhook_deliveries d
  set lease_token = gen_random_uuid(),
    status = case d.status when 'success' then 'success' when 'pending' then 'pending' else 'retrying' end,
    next_attempt_at = case when d.status <> 'success' then v_now + v_webhook.lease_ms * interval '1 millisecond' end,
    reason = null, completed_at = case when d.status = 'success' then d.completed_at end
  where d.id = p_delivery_id
  returning * into v_delivery;
  return jsonb_build_object('delivery', private.due_row(v_delivery),
    'webhooks', private.targets(array[v_delivery.webhook_id], v_now));
end
$$;
comment on function public.lease_delivery is
  'Leases one delivery because a person asked to send it again now; a delivered one stays success whatever comes back.';

create function public.recover_deliveries(
  p_organization_id uuid, p_webhook_id uuid, p_statuses text[], p_since timestamptz default null,
  p_limit integer default 5000, p_dry_run boolean default false, p_now timestamptz default null
) returns integer
language plpgsql security definer set search_path = '' set enable_seqscan = off set jit = off
as $$
declare
  v_now timestamptz := coalesce(p_now, clock_timestamp());
  v_active boolean;
  v_count integer;
begin
  select is_active into v_active from public.webhooks
    where id = p_webhook_id and organization_id = p_organization_id and deleted_at is null;
  if not found then
    raise sqlstate 'PT404' using message = 'No such webhook.';
  end if;
  if p_dry_run then
    select count(*) into v_count from public.webhook_deliveries d
    where d.webhook_id = p_webhook_id and d.status = any (p_statuses) and d.status in ('failed', 'held') and not d.is_test
      and (p_since is null or d.id >= private.uuid_v7_floor(p_since));
    return v_count;
  end if;
  if not v_active then
    raise sqlstate 'PT409' using message = 'This webhook is off: switch it on first.';
  end if;
  with missed as (
    select d.id from public.webhook_deliveries d
    where d.webhook_id = p_webhook_id and d.status = any (p_statuses) and d.status in ('failed', 'held') and not d.is_test
      and (p_since is null or d.id >= private.uuid_v7_floor(p_since))
    order by d.id limit p_limit
    for update skip locked
  )
  update public.webhook_deliveries d
  set status = case when d.attempts = 0 then 'pending' else 'retrying' end, next_attempt_at = v_now,
    reason = null, completed_at = null
  from missed where d.id = missed.id;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function public.recover_deliveries is
  'Makes held or failed deliveries of a webhook due again, oldest first, p_limit at a time; p_dry_run only counts.';

-- Switching off and deleting ----------------------------------------------------------------------------

create function private.webhook_switched() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if old.is_active and not new.is_active then
    perform private.close_deliveries(new.id, 'held', clock_timestamp());
  elsif new.is_active and not old.is_active then
    update public.webhook_totals
    set consecutive_failures = 0, failing_since = null, failures_since_success = 0 where webhook_id = new.id;
  end if;
  return null;
end
$$;
comment on function private.webhook_switched is 'Off: open deliveries are held. On: failures are counted anew.';
create trigger webhook_switched after update of is_active on public.webhooks
  for each row when (old.is_active is distinct from new.is_active) execute function private.webhook_switched();

create function public.delete_webhook(p_organization_id uuid, p_webhook_id uuid, p_now timestamptz default null) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_now timestamptz := coalesce(p_now, clock_timestamp());
begin
  update public.webhooks set deleted_at = v_now, headers = '{}'
    where id = p_webhook_id and organization_id = p_organization_id and deleted_at is null;
  if not found then
    raise sqlstate 'PT404' using message = 'No such webhook.';
  end if;
  delete from public.webhook_secrets where webhook_id = p_webhook_id;
  perform private.close_deliveries(p_webhook_id, 'failed', v_now);
  update public.webhook_deliveries set status = 'failed', reason = 'webhook_deleted', completed_at = v_now
    where webhook_id = p_webhook_id and status = 'held';
end
$$;
comment on function public.delete_webhook is
  'Soft delete: secrets are purged, open and held deliveries end failed, the history stays until retention.';

-- The sweep's own lease ---------------------------------------------------------------------------------

create table private.sweep (
  one boolean primary key default true check (one),
  holder uuid not null,
  tick bigint not null,
  expires_at timestamptz not null
);
comment on table private.sweep is 'Which sweep works; the others idle. A sweep of a later tick takes over.';
alter table private.sweep enable row level security;

create function public.take_sweep(p_holder uuid, p_tick bigint, p_ttl_ms integer, p_now timestamptz default null) returns text
language plpgsql security definer set search_path = ''
as $$
declare
  v_now timestamptz := coalesce(p_now, clock_timestamp());
  v_until timestamptz := v_now + p_ttl_ms * interval '1 millisecond';
  v_row private.sweep;
begin
  insert into private.sweep as s (holder, tick, expires_at) values (p_holder, p_tick, v_until)
  on conflict (one) do update set holder = p_holder, tick = p_tick, expires_at = v_until
    where s.holder = p_holder or s.expires_at <= v_now or s.tick < p_tick;
  select * into v_row from private.sweep;
  return case when v_row.holder = p_holder then 'held' when v_row.tick > p_tick then 'superseded' else 'idle' end;
end
$$;
comment on function public.take_sweep is
  'Takes or renews the sweep''s lease: held (work), idle (another of the same tick works), superseded (end).';

create function public.delivery_backlog(p_now timestamptz default null) returns jsonb
language sql stable security definer set search_path = '' set enable_seqscan = off set jit = off
as $$
  with open as (
    select d.status, d.lease_token is not null as leased, d.next_attempt_at from public.webhook_deliveries d
    where d.status in ('pending', 'retrying') limit 100000
  )
  select jsonb_build_object(
    'due', count(*) filter (where next_attempt_at <= t.now),
    'retrying', count(*) filter (where status = 'retrying'),
    'oldestDueSeconds', coalesce(floor(extract(epoch from t.now - min(next_attempt_at) filter (where next_attempt_at <= t.now))), 0))
  from (select coalesce(p_now, clock_timestamp()) as now) t left join open on true group by t.now
$$;
comment on function public.delivery_backlog is 'What is due and not sent, for the health check; counts at most 100,000 open deliveries.';

revoke execute on function private.due_row, public.claim_due_deliveries, private.close_deliveries, public.release_deliveries,
  public.lease_delivery, public.recover_deliveries, private.webhook_switched, public.delete_webhook, public.take_sweep,
  public.delivery_backlog
  from public, anon, authenticated;
grant execute on function public.claim_due_deliveries, public.release_deliveries, public.lease_delivery,
  public.recover_deliveries, public.delete_webhook, public.take_sweep, public.delivery_backlog to service_role;
