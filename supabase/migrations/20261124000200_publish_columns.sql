-- publish_events takes and answers columns: to read a thousand JSON objects with a document inside each cost more than
-- to store what is in them.

drop function public.publish_events(jsonb, jsonb, jsonb, integer, integer, jsonb, timestamptz);

create function public.publish_events(
  p_publishers jsonb, p_publisher_of integer[], p_ids uuid[], p_types text[], p_data text, p_occurred_at timestamptz[],
  p_user_ids text[], p_candidate_ids text[], p_application_ids text[], p_job_ids text[], p_idempotency_keys text[],
  p_content_hashes text[], p_keys jsonb, p_leases jsonb, p_lease_limit integer default 0,
  p_per_webhook integer default 0, p_rooms jsonb default '{}', p_now timestamptz default null
) returns json
language plpgsql security definer set search_path = '' set enable_seqscan = off set jit = off set plan_cache_mode = force_generic_plan
as $$
declare
  v_now timestamptz := coalesce(p_now, clock_timestamp());
  -- One for everything that this call leases: it names the lease, whoever holds a later one has another.
  v_token uuid := gen_random_uuid();
  -- Of each publisher: its organization, its API key, what that key may publish in a minute, why it may not.
  v_organizations uuid[];
  v_api_keys uuid[];
  v_rates integer[];
  v_refusals text[];
  -- Those whose last use is to be noted: once a minute is enough.
  v_used uuid[];
  v_claims jsonb := '{}';
  v_ids uuid[];
  v_verdicts text[];
  v_deliveries integer[];
  v_repeated boolean;
  v_exceptions json := '[]';
  v_leased json;
  v_webhooks uuid[];
  v_waiting integer;
begin
  select array_agg(coalesce(k.organization_id, p.organization_id) order by n), array_agg(k.id order by n),
    array_agg(k.rate_per_minute order by n),
    array_agg(case
      when p.key_hash is not null and k.id is null then 'unauthorized'
      when p.key_hash is not null and not (k.scopes && '{publish,manage}') then 'forbidden'
    end order by n),
    array_agg(k.id) filter (where k.last_used_at is null or k.last_used_at < v_now - interval '1 minute')
  into v_organizations, v_api_keys, v_rates, v_refusals, v_used
  from rows from (jsonb_to_recordset(p_publishers) as (key_hash text, organization_id uuid))
    with ordinality as p (key_hash, organization_id, n)
  -- "offset 0" keeps each look-up one of the index, whatever the planner believes of tables that it has no statistics of.
  left join lateral (
    select k.* from public.api_keys k where k.key_hash = p.key_hash and k.revoked_at is null offset 0
  ) as k on true;

  if array_remove(v_used, null) <> '{}' then
    update public.api_keys k set last_used_at = v_now
    where k.id = any (v_used) and (k.last_used_at is null or k.last_used_at < v_now - interval '1 minute');
  end if;

  if array_remove(v_rates, null) <> '{}' then
    with wanted as (
      select k.n, k.id, k.rate, count(*)::integer as events
      from unnest(v_api_keys, v_rates) with ordinality as k (id, rate, n)
      join unnest(p_publisher_of) as e (publisher) on e.publisher = k.n
      where k.rate is not null group by 1, 2, 3 order by 2
    ), counted as (
      insert into private.api_key_usage as u (api_key_id, minute, events)
      select id, date_trunc('minute', v_now), events from wanted where events <= rate
      on conflict (api_key_id, minute) do update set events = u.events + excluded.events
        where u.events + excluded.events <= (select rate from wanted where wanted.id = u.api_key_id)
      returning api_key_id
    )
    select array_agg(case
        when r.why is null and w.id is not null and w.id not in (select api_key_id from counted) then 'rate_limited'
        else r.why end order by r.n)
    into v_refusals
    from unnest(v_refusals) with ordinality as r (why, n)
    left join wanted w on w.n = r.n;
  end if;

  -- Idempotency keys: the first to write a key owns it; everybody else reads what it wrote.
  if array_remove(p_idempotency_keys, null) <> '{}' then
    insert into public.webhook_idempotency_keys as i (organization_id, key, event_id, content_hash, created_at)
    select distinct on (organization_id, key) organization_id, key, id, hash, v_now
    from (
      select v_organizations[e.publisher] as organization_id, e.key, e.id, e.hash, e.n
      from unnest(p_ids, p_publisher_of, p_idempotency_keys, p_content_hashes) with ordinality as e (id, publisher, key, hash, n)
      where e.key is not null and v_refusals[e.publisher] is null
    ) as asked
    order by organization_id, key, n
    on conflict (organization_id, key) do update
      set event_id = excluded.event_id, content_hash = excluded.content_hash, created_at = excluded.created_at
      where i.created_at < v_now - interval '7 days';

    -- A statement of its own, so that it sees what a concurrent call has committed meanwhile.
    select coalesce(jsonb_object_agg(i.organization_id || '/' || i.key,
        jsonb_build_object('id', i.event_id, 'hash', i.content_hash)), '{}')
    into v_claims
    from (
      select distinct v_organizations[e.publisher] as organization_id, e.key
      from unnest(p_publisher_of, p_idempotency_keys) as e (publisher, key) where e.key is not null
    ) as asked
    cross join lateral (
      select i.* from public.webhook_idempotency_keys i
      where i.organization_id = asked.organization_id and i.key = asked.key
      offset 0
    ) as i;
  end if;

  with judged as materialized (
    select e.n, e.id, e.type, e.user_id, v_organizations[e.publisher] as org, (claim ->> 'id')::uuid as first_id,
      case
        when v_refusals[e.publisher] is not null then v_refusals[e.publisher]
        when claim is null or (claim ->> 'id')::uuid = e.id then null
        when claim ->> 'hash' = e.hash then 'duplicate'
        else 'idempotency_conflict'
      end as verdict
    from unnest(p_ids, p_publisher_of, p_types, p_user_ids, p_idempotency_keys, p_content_hashes)
      with ordinality as e (id, publisher, type, user_id, key, hash, n)
    cross join lateral (
      select case when e.key is not null then v_claims -> (v_organizations[e.publisher] || '/' || e.key) end as claim
    ) as c
  ), stored as (
    insert into public.webhook_events
      (id, organization_id, type, data, occurred_at, user_id, candidate_id, application_id, job_id, created_at)
    select j.id, j.org, j.type, e.data, coalesce(e.occurred_at, v_now), j.user_id, e.candidate_id, e.application_id, e.job_id, v_now
    from rows from (string_to_table(p_data, E'\n'), unnest(p_occurred_at), unnest(p_candidate_ids),
      unnest(p_application_ids), unnest(p_job_ids)) with ordinality
      as e (data, occurred_at, candidate_id, application_id, job_id, n)
    join judged j on j.n = e.n and j.verdict is null
    on conflict (id) do nothing
    returning id, organization_id, type, user_id
  ), subscriber as materialized (
    -- Matched once for each organization and type, however many events there are.
    select t.org, t.type, w.*
    from (select distinct org, type from judged where verdict is null) as t
    cross join lateral (
      select w.id as webhook_id, w.user_id::text as user_id, w.is_active, (p_leases ->> w.contract)::bigint as lease_ms,
        coalesce((p_rooms ->> w.id::text)::integer, p_per_webhook) as room
      from public.webhooks w
      where w.organization_id = t.org and w.deleted_at is null
        and w.subscriptions && array(select jsonb_array_elements_text(p_keys -> t.type))
      offset 0
    ) as w
  ), matched as (
    select e.id as event_id, e.organization_id, e.type, s.webhook_id, s.is_active, s.lease_ms,
      s.is_active and s.lease_ms is not null
        and row_number() over (partition by s.webhook_id order by e.id) <= s.room as fits
    from stored e
    join subscriber s on s.org = e.organization_id and s.type = e.type and (s.user_id is null or s.user_id = e.user_id)
  ), written as (
    insert into public.webhook_deliveries
      (id, organization_id, webhook_id, event_id, event_type, status, reason, next_attempt_at, lease_token, created_at)
    select private.delivery_id(event_id), organization_id, webhook_id, event_id, type,
      case when is_active then 'pending' else 'held' end,
      case when not is_active then 'webhook_off' end,
      case when leased then v_now + lease_ms * interval '1 millisecond' when is_active then v_now end,
      case when leased then v_token end,
      v_now
    from (
      select m.*, m.fits and row_number() over (order by not m.fits, m.event_id, m.webhook_id) <= p_lease_limit as leased
      from matched m
    ) as ranked
    returning id, event_id, webhook_id, status, lease_token is not null as leased
  ), counted as materialized (
    select event_id, count(*)::integer as deliveries from written group by event_id
  ), told as materialized (
    select webhook_id, array_agg(id) filter (where leased) as ids, array_agg(event_id) filter (where leased) as events,
      count(*) filter (where status = 'pending' and not leased) as waiting
    from written group by webhook_id
  ), answered as (
    select array_agg(coalesce(j.first_id, j.id) order by j.n) as ids, array_agg(j.verdict order by j.n) as verdicts,
      array_agg(coalesce(c.deliveries, 0) order by j.n) as deliveries, count(*) filter (where j.verdict is null) as accepted
    from judged j left join counted c on c.event_id = j.id
  )
  select a.ids, a.verdicts, a.deliveries, a.accepted > (select count(*) from stored), t.*
  into v_ids, v_verdicts, v_deliveries, v_repeated, v_leased, v_webhooks, v_waiting
  from answered a
  cross join (
    select json_object_agg(webhook_id, json_build_object('ids', ids, 'events', events)) filter (where ids is not null),
      array_agg(webhook_id) filter (where ids is not null), coalesce(sum(waiting), 0)
    from told
  ) as t;

  -- What an earlier call wrote (under the same idempotency key, or this very call whose answer was lost) is counted.
  if v_repeated or v_claims <> '{}' then
    v_deliveries := array(
      select case when e.deliveries = 0 and (e.verdict is null or e.verdict = 'duplicate') then (
        select count(*) from public.webhook_deliveries d
        where d.event_id = e.id and d.id between private.first_delivery_id(e.id) and private.last_delivery_id(e.id))
      else e.deliveries end
      from unnest(v_ids, v_verdicts, v_deliveries) with ordinality as e (id, verdict, deliveries, n)
      order by e.n);
  end if;

  if array_remove(v_verdicts, null) <> '{}' then
    select json_agg(json_build_object('at', e.n - 1, 'verdict', e.verdict, 'id', e.id)) into v_exceptions
    from unnest(v_ids, v_verdicts) with ordinality as e (id, verdict, n) where e.verdict is not null;
  end if;
  return json_build_object('deliveries', v_deliveries, 'exceptions', v_exceptions, 'token', v_token, 'leased', coalesce(v_leased, '{}'),
    'waiting', v_waiting, 'webhooks', private.targets(v_webhooks, v_now));
end
$$;
comment on function public.publish_events is
  'Stores events and one delivery for each webhook that asked, in one transaction; leases up to p_lease_limit of them to the caller, for one webhook no more than its room (p_rooms: webhook → room, else p_per_webhook). Events come as columns of the same length; p_data: one line of JSON for each. p_publishers: { key_hash } or { organization_id }, each once; p_publisher_of: which of them, from 1, published each event. p_keys: type → keys of which a webhook must have one; p_leases: contract → lease in ms. Answers how many deliveries each event has; exceptions: events that were not stored, and why; leased: webhook → { ids, events } of its deliveries, all under one token; waiting: deliveries that are due and did not fit.';
revoke execute on function public.publish_events from public, anon, authenticated;
grant execute on function public.publish_events to service_role;
