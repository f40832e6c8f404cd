-- The sweep's own lease, and what waits for it.

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
    where d.status in ('pending', 'retrying') and d.id >= (select since from private.open_deliveries) limit 100000
  )
  select jsonb_build_object(
    'due', count(*) filter (where next_attempt_at <= t.now),
    'retrying', count(*) filter (where status = 'retrying'),
    'oldestDueSeconds', coalesce(floor(extract(epoch from t.now - min(next_attempt_at) filter (where next_attempt_at <= t.now))), 0))
  from (select coalesce(p_now, clock_timestamp()) as now) t left join open on true group by t.now
$$;
comment on function public.delivery_backlog is 'What is due and not sent, for the health check; counts at most 100,000 open deliveries.';

revoke execute on function public.take_sweep, public.delivery_backlog from public, anon, authenticated;
grant execute on function public.take_sweep, public.delivery_backlog to service_role;
