-- A webhook's week costs what reading its hours costs: they are printed as one list of numbers, row by row, and added up
-- by whoever asks. To add them up by hour here and print a time for each took as long again.

-- Hours lie where they were counted, among those of every other webhook: the figures stand in the index as well, so that a
-- week is read from a few pages that lie together. That an update of the present hour touches the index is the price.
alter table public.webhook_stats drop constraint webhook_stats_pkey;
alter table public.webhook_stats add constraint webhook_stats_pkey primary key (webhook_id, hour, event_type)
  include (organization_id, success, failed, error, attempts, duration_ms);

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
