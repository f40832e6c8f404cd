-- A body is stored as what stands around its event's data, wherever it carries that data as it was stored: once for
-- all the deliveries of an event, and not again in each. Head, data and tail, put together, are the very bytes sent.

alter table public.webhook_deliveries add column body_head text, add column body_tail text;
comment on column public.webhook_deliveries.body is
  'The bytes sent, kept from the first recorded attempt on, where they do not carry the event''s data as it is stored.';
comment on column public.webhook_deliveries.body_head is
  'The bytes sent are body_head, the event''s data, body_tail: kept from the first recorded attempt on, unless body is.';
grant select (body_head, body_tail) on public.webhook_deliveries to authenticated, service_role;

create or replace function private.due_rows(p_deliveries uuid[]) returns json
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
begin
  return (
    select coalesce(json_agg(json_build_object('id', d.id, 'webhook_id', d.webhook_id, 'event_id', d.event_id,
      'number', d.attempts + 1, 'is_test', d.is_test, 'body', sent.body, 'type', e.type, 'user_id', e.user_id,
      'occurred_at', e.occurred_at, 'data', case when sent.body is null then e.data end)), '[]')
    from unnest(p_deliveries) as l (id)
    join public.webhook_deliveries d on d.id = l.id
    join public.webhook_events e on e.id = d.event_id
    cross join lateral (select coalesce(d.body, d.body_head || e.data || d.body_tail) as body offset 0) as sent);
end
$$;
