-- record_attempts reads what an attempt is logged with where it is needed, by its place in the lists: it was carried
-- through every step in rows of twenty columns, each of them a copy.

create or replace function public.record_attempts(
  p_ids uuid[], p_tokens uuid[], p_numbers smallint[], p_statuses text[], p_reasons text[], p_retry_ms bigint[],
  p_bodies text[], p_body_heads text, p_body_tails text, p_started_at timestamptz[], p_duration_ms integer[],
  p_urls text[], p_status_codes smallint[], p_error_classes text[], p_errors text[], p_addresses text[],
  p_request_headers text, p_response_headers text, p_response_bodies text[], p_response_truncated boolean[],
  p_rules jsonb, p_now timestamptz default null
) returns jsonb
language plpgsql security definer set search_path = '' set jit = off set plan_cache_mode = force_generic_plan
-- One look-up in an index for each outcome, whatever the planner believes of tables that it has no statistics of.
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
  v_now timestamptz := coalesce(p_now, clock_timestamp());
  v_day date := (v_now at time zone 'UTC')::date;
  -- As a list of 24 counts: from 1.
  v_hour integer := date_part('hour', v_now at time zone 'UTC')::integer + 1;
  v_before integer[] := array_fill(0, array[v_hour - 1]);
  v_after integer[] := array_fill(0, array[24 - v_hour]);
  -- Once they are variables, any place of these is as quick to read as the first, as with the parameters.
  v_body_heads text[] := string_to_array(p_body_heads, E'\n', '');
  v_body_tails text[] := string_to_array(p_body_tails, E'\n', '');
  v_request_headers text[] := string_to_array(p_request_headers, E'\n');
  v_response_headers text[] := string_to_array(p_response_headers, E'\n', '');
  v_back record;
  v_off record;
  v_answer jsonb;
begin
  with locked as materialized (
    -- In the order of the outcomes, which the caller sorts by id, so that two batches cannot wait for each other. What
    -- is read here of a delivery is current, even where another worker recorded while this one waited.
    select o.*, d.organization_id, d.webhook_id, d.event_type, d.is_test, d.status as was, d.counted_as, d.counted_at,
      d.attempts, d.lease_token is not distinct from o.token as current
    from unnest(p_ids, p_tokens, p_numbers, p_statuses, p_status_codes, p_duration_ms)
      with ordinality as o (id, token, number, status, status_code, duration_ms, n)
    join public.webhook_deliveries d on d.id = o.id
    for update of d
  ), kept as materialized (
    select l.*, deleted, becomes, seen,
      becomes in ('success', 'failed') and was <> becomes as ended,
      -- While a delivery is open, a late failure that the schedule has nothing after leaves its number to the worker
      -- that comes next: otherwise that one's attempt would be one too many.
      current or status <> 'failed' or was not in ('pending', 'retrying') as used,
      current or status = 'success' as shown
    from locked l
    left join public.webhook_attempts a on a.delivery_id = l.id and a.number = l.number
    left join public.webhooks w on w.id = l.webhook_id
    cross join lateral (
      select w.deleted_at is not null as deleted, a.number is not null or l.attempts >= l.number as seen
    ) as s
    cross join lateral (
      select case
        when was = 'success' or status = 'success' then 'success'
        when not current then was
        when status = 'retrying' and deleted then 'failed'
        when status = 'retrying' and not w.is_active and not is_test then 'held'
        else status
      end as becomes
    ) as b
    -- A late failure whose attempt is already recorded says nothing new; so does a repeated call.
    where current or not seen or (status = 'success' and was <> 'success')
  ), logged as (
    insert into public.webhook_attempts as a (delivery_id, number, organization_id, webhook_id, started_at, duration_ms, url,
      status_code, error_class, error, address, request_headers, response_headers, response_body, response_truncated)
    select id, number, organization_id, webhook_id, p_started_at[n], duration_ms, p_urls[n], status_code, p_error_classes[n],
      p_errors[n], p_addresses[n], v_request_headers[n]::json, v_response_headers[n]::json, p_response_bodies[n],
      p_response_truncated[n]
    from kept
    on conflict (delivery_id, number) do update
      set started_at = excluded.started_at, duration_ms = excluded.duration_ms, url = excluded.url,
        status_code = excluded.status_code, error_class = excluded.error_class, error = excluded.error,
        address = excluded.address, request_headers = excluded.request_headers,
        response_headers = excluded.response_headers, response_body = excluded.response_body,
        response_truncated = excluded.response_truncated
  ), moved as (
    update public.webhook_deliveries d
    set status = k.becomes,
      attempts = case when k.used then greatest(d.attempts, k.number) else d.attempts end,
      body = case when d.body_head is null then coalesce(d.body, p_bodies[k.n]) end,
      body_head = case when d.body is null then coalesce(d.body_head, v_body_heads[k.n]) end,
      body_tail = case when d.body is null then coalesce(d.body_tail, v_body_tails[k.n]) end,
      lease_token = case when k.current or k.becomes <> k.was then null else d.lease_token end,
      next_attempt_at = case
        when k.becomes not in ('pending', 'retrying') then null
        when k.current then v_now + p_retry_ms[k.n] * interval '1 millisecond'
        else d.next_attempt_at end,
      reason = case
        when k.becomes = 'success' then null
        when not k.current then d.reason
        when k.becomes = 'held' then 'webhook_off'
        when k.becomes = 'failed' and k.deleted and k.status = 'retrying' then 'webhook_deleted'
        else p_reasons[k.n] end,
      completed_at = case
        when k.becomes in ('pending', 'retrying', 'held') then null
        when k.becomes = k.was and not (k.current and k.was <> 'success') then d.completed_at
        else v_now end,
      response_code = case when k.shown then k.status_code else d.response_code end,
      error_class = case when k.shown then p_error_classes[k.n] else d.error_class end,
      error = case when k.shown then p_errors[k.n] else d.error end,
      duration_ms = case when k.shown then k.duration_ms else d.duration_ms end,
      counted_as = case
        when k.becomes = 'success' then null
        when k.ended then case when k.status_code is null then 'error' else 'failed' end
        else d.counted_as end,
      counted_at = case when k.becomes = 'success' then null when k.ended then v_now else d.counted_at end
    from kept k
    where d.id = k.id
  ), deltas as materialized (
    select webhook_id, event_type, organization_id, null::timestamp as hour,
      count(*) filter (where ended and becomes = 'success') as success,
      count(*) filter (where ended and becomes = 'failed' and status_code is not null) as failed,
      count(*) filter (where ended and becomes = 'failed' and status_code is null) as error,
      count(*) filter (where not seen) as attempts, coalesce(sum(duration_ms) filter (where not seen), 0) as duration_ms
    from kept where not is_test
    group by webhook_id, event_type, organization_id
    union all
    -- What was counted as failed before and ended anew: taken back from the hour in which it was counted.
    select webhook_id, event_type, organization_id, date_trunc('hour', counted_at at time zone 'UTC'), 0, -count(*) filter (where counted_as = 'failed'), -count(*) filter (where counted_as = 'error'), 0, 0
    from kept where ended and counted_as is not null and not is_test
    group by webhook_id, event_type, organization_id, date_trunc('hour', counted_at at time zone 'UTC')
  ), hourly as (
    insert into public.webhook_stats as s (webhook_id, day, event_type, organization_id, success, failed, error, attempts, duration_ms)
    select webhook_id, v_day, event_type, organization_id, v_before || success::integer || v_after,
      v_before || failed::integer || v_after, v_before || error::integer || v_after,
      v_before || attempts::integer || v_after, v_before::bigint[] || duration_ms::bigint || v_after::bigint[]
    from deltas where hour is null
    order by webhook_id, event_type
    on conflict (webhook_id, day, event_type) do update
      set success[v_hour] = s.success[v_hour] + excluded.success[v_hour],
        failed[v_hour] = s.failed[v_hour] + excluded.failed[v_hour],
        error[v_hour] = s.error[v_hour] + excluded.error[v_hour],
        attempts[v_hour] = s.attempts[v_hour] + excluded.attempts[v_hour],
        duration_ms[v_hour] = s.duration_ms[v_hour] + excluded.duration_ms[v_hour]
  ), typed as (
    insert into public.webhook_type_totals as t (webhook_id, event_type, organization_id, success, failed, error, attempts)
    select webhook_id, event_type, organization_id, sum(success), sum(failed), sum(error), sum(attempts)
    from deltas
    group by webhook_id, event_type, organization_id
    order by webhook_id, event_type
    on conflict (webhook_id, event_type) do update
      set success = t.success + excluded.success, failed = t.failed + excluded.failed, error = t.error + excluded.error,
        attempts = t.attempts + excluded.attempts
  ), runs as (
    -- Only what came after the last success of the batch counts towards switching off.
    select webhook_id, organization_id, bool_or(status = 'success') as succeeded,
      count(*) filter (where after_success and ended and becomes = 'failed') as failed_in_a_row,
      count(*) filter (where after_success and status <> 'success' and number = 1 and not seen) as began_to_fail,
      bool_or(after_success and status <> 'success') as failing
    from (
      select webhook_id, organization_id, status, number, seen, ended, becomes,
        n > coalesce(max(n) filter (where status = 'success') over (partition by webhook_id), 0) as after_success
      from kept where not is_test
    ) as k
    group by webhook_id, organization_id
  ), totals as (
    insert into public.webhook_totals as t (webhook_id, organization_id, success, failed, error, attempts, duration_ms,
      consecutive_failures, failing_since, failures_since_success, last_success_at, last_delivery_at)
    select r.webhook_id, r.organization_id, s.success, s.failed, s.error, s.attempts, s.duration_ms,
      r.failed_in_a_row, case when r.failing then v_now end, r.began_to_fail, case when r.succeeded then v_now end, v_now
    from runs r
    cross join lateral (
      select sum(success) as success, sum(failed) as failed, sum(error) as error, sum(attempts) as attempts,
        sum(duration_ms) as duration_ms
      from deltas where deltas.webhook_id = r.webhook_id
    ) as s
    order by r.webhook_id
    on conflict (webhook_id) do update
      set success = t.success + excluded.success, failed = t.failed + excluded.failed, error = t.error + excluded.error,
        attempts = t.attempts + excluded.attempts, duration_ms = t.duration_ms + excluded.duration_ms,
        consecutive_failures = excluded.consecutive_failures
          + case when excluded.last_success_at is null then t.consecutive_failures else 0 end,
        failures_since_success = excluded.failures_since_success
          + case when excluded.last_success_at is null then t.failures_since_success else 0 end,
        failing_since = case when excluded.last_success_at is null
          then coalesce(t.failing_since, excluded.failing_since) else excluded.failing_since end,
        last_success_at = coalesce(excluded.last_success_at, t.last_success_at),
        last_delivery_at = excluded.last_delivery_at
    returning webhook_id, consecutive_failures, failures_since_success, failing_since
  ), tired as (
    -- A webhook's rule, as data: so many failed in a row, or so many failing for so long.
    select t.webhook_id, 'failing' as why
    from totals t
    join public.webhooks w on w.id = t.webhook_id and w.is_active
    cross join lateral jsonb_to_record(p_rules -> w.contract) as r (consecutive integer, sustained_ms bigint, failures integer)
    where t.consecutive_failures >= r.consecutive
      or (t.failures_since_success >= r.failures
        and t.failing_since <= v_now - r.sustained_ms * interval '1 millisecond')
    union
    select webhook_id, 'gone' from kept where p_reasons[n] = 'gone' and current and not is_test
  )
  select jsonb_build_object(
    'recorded', (select count(*) from kept),
    'doubled', (select count(*) - count(distinct id) from locked),
    'late', cardinality(p_ids) - (select count(*) from kept where current),
    'taken_back', (
      select coalesce(jsonb_agg(jsonb_build_object('webhook_id', webhook_id, 'event_type', event_type, 'day', hour::date,
        'hour', date_part('hour', hour) + 1, 'failed', failed, 'error', error)), '[]')
      from deltas where hour is not null),
    'off', (select coalesce(jsonb_object_agg(webhook_id, why), '{}') from tired))
  into v_answer;
  if (v_answer ->> 'doubled')::integer > 0 then
    raise sqlstate '21000' using message = 'One outcome of a delivery at a time: the second depends on the first.';
  end if;

  -- One after the other: a row of a statement may be written once, and these can be hours of one day.
  for v_back in
    select * from jsonb_to_recordset(v_answer -> 'taken_back')
      as b (webhook_id uuid, day date, event_type text, hour integer, failed integer, error integer)
    order by webhook_id, day, event_type, hour
  loop
    update public.webhook_stats s
    set failed[v_back.hour] = s.failed[v_back.hour] + v_back.failed,
      error[v_back.hour] = s.error[v_back.hour] + v_back.error
    where s.webhook_id = v_back.webhook_id and s.day = v_back.day and s.event_type = v_back.event_type;
  end loop;
  for v_off in select key::uuid as webhook_id, value as why from jsonb_each_text(v_answer -> 'off') order by key loop
    update public.webhooks set is_active = false, disabled_reason = v_off.why
      where id = v_off.webhook_id and is_active;
  end loop;
  return v_answer - array['doubled', 'taken_back'];
end
$$;
