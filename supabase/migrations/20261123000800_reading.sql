-- What the routes read beyond plain rows. Security invoker: row level security decides for a signed-in user;
-- p_organization_id is what the server's scoped door fills in.

create function public.resolve_api_key(p_key_hash text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_key public.api_keys;
  v_role text;
begin
  select * into v_key from public.api_keys where key_hash = p_key_hash and revoked_at is null;
  if not found then
    return null;
  end if;
  update public.api_keys set last_used_at = clock_timestamp()
    where id = v_key.id and (last_used_at is null or last_used_at < clock_timestamp() - interval '1 minute');
  select m.role into v_role from public.memberships m
    where m.organization_id = v_key.organization_id and m.user_id = v_key.created_by;
  return jsonb_build_object('id', v_key.id, 'organization_id', v_key.organization_id, 'scopes', v_key.scopes,
    'user_id', case when v_role is not null then v_key.created_by end, 'role', v_role);
end
$$;
comment on function public.resolve_api_key is
  'The organization, scopes and maker of a key that is valid, by its SHA-256; null when there is none.';
revoke execute on function public.resolve_api_key from public, anon, authenticated;
grant execute on function public.resolve_api_key to service_role;

create function public.webhook_counts(p_organization_id uuid, p_webhook_ids uuid[])
returns table (webhook_id uuid, held bigint, open bigint)
language sql stable set search_path = ''
as $$
  select w.id,
    (select count(*) from (
      select from public.webhook_deliveries d
      where d.webhook_id = w.id and d.organization_id = p_organization_id and d.status = 'held' limit 10000) as h),
    (select count(*) from (
      select from public.webhook_deliveries d
      where d.webhook_id = w.id and d.organization_id = p_organization_id and d.status in ('pending', 'retrying')
      limit 10000) as o)
  from unnest(p_webhook_ids) as w (id)
$$;
comment on function public.webhook_counts is 'Held and open deliveries of each webhook, each counted up to 10,000.';

create function public.event_delivery_counts(p_organization_id uuid, p_event_ids uuid[])
returns table (event_id uuid, status text, deliveries bigint)
-- One look-up for each event, in the partition of its week, whatever the planner believes of the width of its range.
language sql stable set search_path = ''
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
  select d.event_id, d.status, count(*)
  from unnest(p_event_ids) as e (id)
  join public.webhook_deliveries d on d.event_id = e.id
    and d.id between private.first_delivery_id(e.id) and private.last_delivery_id(e.id)
  where d.organization_id = p_organization_id
  group by d.event_id, d.status
$$;
comment on function public.event_delivery_counts is 'Deliveries of each event by status.';

create function public.webhook_hours(p_organization_id uuid, p_webhook_id uuid, p_since timestamptz) returns json
language sql stable set search_path = ''
as $$
  with h as (
    select s.hour, sum(s.success) as success, sum(s.failed) as failed, sum(s.error) as error, sum(s.attempts) as attempts,
      sum(s.duration_ms) as duration_ms
    from public.webhook_stats s
    where s.webhook_id = p_webhook_id and s.organization_id = p_organization_id and s.hour >= p_since
    group by s.hour order by s.hour
  )
  select json_build_object('hour', coalesce(json_agg(hour), '[]'), 'success', coalesce(json_agg(success), '[]'),
    'failed', coalesce(json_agg(failed), '[]'), 'error', coalesce(json_agg(error), '[]'),
    'attempts', coalesce(json_agg(attempts), '[]'), 'duration_ms', coalesce(json_agg(duration_ms), '[]'))
  from h
$$;
comment on function public.webhook_hours is
  'A webhook''s figures hour by hour since a time: column by column, since printing a row for each hour takes longer than finding them.';

create function public.webhook_event_totals(p_organization_id uuid, p_webhook_id uuid)
returns table (event_type text, success bigint, failed bigint, error bigint, attempts bigint)
language sql stable set search_path = ''
as $$
  select t.event_type, t.success, t.failed, t.error, t.attempts
  from public.webhook_type_totals t
  where t.webhook_id = p_webhook_id and t.organization_id = p_organization_id
  order by t.event_type
$$;
comment on function public.webhook_event_totals is 'A webhook''s figures by event type.';

revoke execute on function public.webhook_counts, public.event_delivery_counts, public.webhook_hours,
  public.webhook_event_totals from public, anon;
grant execute on function public.webhook_counts, public.event_delivery_counts, public.webhook_hours,
  public.webhook_event_totals to authenticated, service_role;
