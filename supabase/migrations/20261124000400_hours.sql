-- A webhook's week costs what reading its hours costs: they are printed as one list of numbers, row by row, and added up
-- by whoever asks. To add them up by hour here and print a time for each took as long again.

create or replace function public.webhook_hours(p_organization_id uuid, p_webhook_id uuid, p_since timestamptz) returns json
language sql stable set search_path = ''
as $$
  select json_build_object(
    'hours', coalesce(array_agg(array[
      (date_part('epoch', s.hour) / 3600)::integer, s.success, s.failed, s.error, s.attempts])::text, '{}'),
    'duration_ms', coalesce(sum(s.duration_ms), 0))
  from public.webhook_stats s
  where s.webhook_id = p_webhook_id and s.organization_id = p_organization_id and s.hour >= p_since
$$;
comment on function public.webhook_hours is
  'A webhook''s figures since a time. hours: {{hour, success, failed, error, attempts}, …} as PostgreSQL prints a list, one for each hour and event type, hours counted from 1970; duration_ms: of all attempts together.';
