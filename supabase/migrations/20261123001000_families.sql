-- What the route families of the contracts read. Security invoker: row level security decides for a signed-in
-- user; p_organization_id is what the server's scoped door fills in.

create function public.delivery_history(
  p_organization_id uuid, p_contract text, p_webhook_id uuid default null, p_event_id uuid default null,
  p_statuses text[] default null, p_event_types text[] default null, p_limit integer default 50,
  p_offset integer default 0
)
returns table (id uuid, webhook_id uuid, event_id uuid, event_type text, is_test boolean, status text, reason text,
  attempts smallint, next_attempt_at timestamptz, response_code smallint, error_class text, error text,
  duration_ms integer, created_at timestamptz, completed_at timestamptz, attempted_at timestamptz, url text)
-- Planned for the filters that were given, so that each has the index that serves it.
language plpgsql stable set search_path = '' set plan_cache_mode = 'force_custom_plan'
as $$
begin
  -- One branch for each index: statuses that a filter leaves out fold to false, and their branch is not planned.
  return query
  with found as (
    select d.id, w.url as target
    from public.webhooks w
    cross join lateral (
      (select d.id from public.webhook_deliveries d
        where d.webhook_id = w.id
          and (p_statuses is null or (d.status = 'success' and 'success' = any (p_statuses)))
          and (p_event_id is null or d.event_id = p_event_id)
          and (p_event_types is null or d.event_type = any (p_event_types))
        order by d.id desc limit p_limit + p_offset)
      union all
      (select d.id from public.webhook_deliveries d
        where d.webhook_id = w.id and d.status in ('pending', 'retrying')
          and p_statuses && '{pending,retrying}' and d.status = any (p_statuses)
          and (p_event_id is null or d.event_id = p_event_id)
          and (p_event_types is null or d.event_type = any (p_event_types))
        order by d.id desc limit p_limit + p_offset)
      union all
      (select d.id from public.webhook_deliveries d
        where d.webhook_id = w.id and d.status in ('failed', 'held')
          and p_statuses && '{failed,held}' and d.status = any (p_statuses)
          and (p_event_id is null or d.event_id = p_event_id)
          and (p_event_types is null or d.event_type = any (p_event_types))
        order by d.id desc limit p_limit + p_offset)
    ) as d
    where w.organization_id = p_organization_id and w.contract = p_contract and w.deleted_at is null
      and (p_webhook_id is null or w.id = p_webhook_id)
    order by d.id desc limit p_limit offset p_offset
  )
  select d.id, d.webhook_id, d.event_id, d.event_type, d.is_test, d.status, d.reason, d.attempts,
    d.next_attempt_at, d.response_code, d.error_class, d.error, d.duration_ms, d.created_at, d.completed_at,
    a.started_at, coalesce(a.url, f.target)
  from found f
  join public.webhook_deliveries d on d.id = f.id
  left join public.webhook_attempts a on a.delivery_id = d.id and a.number = d.attempts
  order by d.id desc;
end
$$;
comment on function public.delivery_history is
  'Deliveries of a contract''s webhooks (or of one), newest first, each with when and where its latest attempt went. Webhooks that were deleted are not among them.';

create function public.unfinished_attempts(p_organization_id uuid, p_webhook_id uuid) returns bigint
language sql stable set search_path = ''
as $$
  select coalesce(sum(d.attempts), 0) from public.webhook_deliveries d
  where d.webhook_id = p_webhook_id and d.organization_id = p_organization_id
    and d.status in ('pending', 'retrying', 'held') and d.counted_as is null and not d.is_test
$$;
comment on function public.unfinished_attempts is
  'Attempts of deliveries that no statistic counts as ended yet: what to take off all attempts for an average.';

grant select (counted_as) on public.webhook_deliveries to authenticated, service_role;
revoke execute on function public.delivery_history, public.unfinished_attempts from public, anon;
grant execute on function public.delivery_history, public.unfinished_attempts to authenticated, service_role;
