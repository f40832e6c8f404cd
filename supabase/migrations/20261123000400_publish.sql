-- publish_events: one call stores events, finds who asked, writes their deliveries and leases what the caller may
-- send now. Everything or nothing; repeatable, since event ids come from the caller.

create table private.api_key_usage (
  api_key_id uuid not null references public.api_keys (id) on delete cascade,
  minute timestamptz not null,
  events integer not null,
  primary key (api_key_id, minute)
);
comment on table private.api_key_usage is 'Events published per key and minute, for keys that have a rate.';
alter table private.api_key_usage enable row level security;

create function private.targets(p_webhooks uuid[], p_now timestamptz) returns jsonb
-- PL/pgSQL keeps its plan from call to call; a function in SQL would be planned anew in each.
language plpgsql stable security definer set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_object_agg(w.id, jsonb_build_object(
      'organization_id', w.organization_id, 'contract', w.contract, 'url', w.url, 'headers', w.headers,
      'secrets', (select coalesce(jsonb_agg(s.secret order by s.created_at desc), '[]') from public.webhook_secrets s
                  where s.webhook_id = w.id and (s.expires_at is null or s.expires_at > p_now)))), '{}')
    from public.webhooks w where w.id = any (p_webhooks));
end
$$;
comment on function private.targets is 'What a worker needs to send to these webhooks: read afresh for each attempt.';
revoke execute on function private.targets from public, anon, authenticated;

create function public.publish_events(
  p_events jsonb, p_keys jsonb, p_leases jsonb, p_lease_limit integer default 0, p_per_webhook integer default 0,
  p_rooms jsonb default '{}', p_now timestamptz default null
) returns json
language plpgsql security definer set search_path = '' set enable_seqscan = off set jit = off set plan_cache_mode = force_generic_plan
as $$
declare
  v_now timestamptz := coalesce(p_now, clock_timestamp());
  -- One for everything that this call leases: it names the lease, whoever holds a later one has another.
  v_token uuid := gen_random_uuid();
  v_hashes text[];
  v_callers jsonb := '{}';
  v_claims jsonb := '{}';
  v_limited uuid[] := '{}';
  v_repeated boolean;
  v_results json;
  v_leased json;
  v_waiting integer;
  v_webhooks uuid[];
begin
  -- Who calls with an API key: hash → { id, organization, may publish, rate }.
  v_hashes := array(select distinct h #>> '{}' from jsonb_path_query(p_events, '$[*].key_hash') as h);
  if cardinality(v_hashes) > 0 then
    select coalesce(jsonb_object_agg(k.key_hash, jsonb_build_object(
        'id', k.id, 'organization_id', k.organization_id, 'rate', k.rate_per_minute,
        'publish', 'publish' = any (k.scopes) or 'manage' = any (k.scopes))), '{}')
    into v_callers
    from public.api_keys k
    where k.revoked_at is null
      and k.key_hash = any (v_hashes);

    update public.api_keys k set last_used_at = v_now
    where k.key_hash = any (array(select jsonb_object_keys(v_callers)))
      and (k.last_used_at is null or k.last_used_at < v_now - interval '1 minute');

    if jsonb_path_exists(v_callers, '$.* ? (@.rate != null)') then
      with wanted as (
        select (v_callers -> (e ->> 'key_hash') ->> 'id')::uuid as id,
          (v_callers -> (e ->> 'key_hash') ->> 'rate')::integer as rate, count(*)::integer as events
        from jsonb_array_elements(p_events) as e
        where (v_callers -> (e ->> 'key_hash') ->> 'rate') is not null
        group by 1, 2 order by 1
      ), counted as (
        insert into private.api_key_usage as u (api_key_id, minute, events)
        select id, date_trunc('minute', v_now), events from wanted where events <= rate
        on conflict (api_key_id, minute) do update set events = u.events + excluded.events
          where u.events + excluded.events <= (select rate from wanted where wanted.id = u.api_key_id)
        returning api_key_id
      )
      select coalesce(array_agg(id), '{}') into v_limited
      from wanted where id not in (select api_key_id from counted);
    end if;
  end if;

  -- Idempotency keys: the first to write a key owns it; everybody else reads what it wrote.
  if jsonb_path_exists(p_events, '$[*].idempotency_key') then
    insert into public.webhook_idempotency_keys as i (organization_id, key, event_id, content_hash, created_at)
    select distinct on (organization_id, key) organization_id, key, id, hash, v_now
    from (
      select coalesce((v_callers -> (e ->> 'key_hash') ->> 'organization_id')::uuid, (e ->> 'organization_id')::uuid) as organization_id,
        e ->> 'idempotency_key' as key, (e ->> 'id')::uuid as id, e ->> 'content_hash' as hash, n
      from jsonb_array_elements(p_events) with ordinality as t (e, n)
      where e ->> 'idempotency_key' is not null
        and (e ->> 'key_hash' is null or (v_callers -> (e ->> 'key_hash') -> 'publish')::boolean)
        and not coalesce((v_callers -> (e ->> 'key_hash') ->> 'id')::uuid = any (v_limited), false)
    ) as asked
    where organization_id is not null
    order by organization_id, key, n
    on conflict (organization_id, key) do update
      set event_id = excluded.event_id, content_hash = excluded.content_hash, created_at = excluded.created_at
      where i.created_at < v_now - interval '7 days';

    -- A statement of its own, so that it sees what a concurrent call has committed meanwhile.
    select coalesce(jsonb_object_agg(i.organization_id || '/' || i.key,
        jsonb_build_object('id', i.event_id, 'hash', i.content_hash)), '{}')
    into v_claims
    from (
      select distinct
        coalesce((v_callers -> (e ->> 'key_hash') ->> 'organization_id')::uuid, (e ->> 'organization_id')::uuid) as organization_id,
        e ->> 'idempotency_key' as key
      from jsonb_array_elements(p_events) as e where e ->> 'idempotency_key' is not null
    ) as asked
    -- "offset 0" keeps each look-up one of the index, whatever the planner believes of tables that it has no statistics of.
    cross join lateral (
      select i.* from public.webhook_idempotency_keys i
      where i.organization_id = asked.organization_id and i.key = asked.key
      offset 0
    ) as i;
  end if;

  with caller as materialized (
    select c.key as key_hash, (c.value ->> 'organization_id')::uuid as organization_id,
      case
        when not (c.value -> 'publish')::boolean then 'forbidden'
        when (c.value ->> 'id')::uuid = any (v_limited) then 'rate_limited'
      end as refused
    from jsonb_each(v_callers) as c
  ), judged as materialized (
    select e.*, org, claim, refusal, refusal is null as accepted
    from rows from (jsonb_to_recordset(p_events) as (id uuid, organization_id uuid, key_hash text, type text, data text,
        occurred_at timestamptz, user_id text, candidate_id text, application_id text, job_id text, idempotency_key text,
        content_hash text)) with ordinality as e (id, organization_id, key_hash, type, data, occurred_at, user_id,
        candidate_id, application_id, job_id, idempotency_key, content_hash, n)
    left join caller c on c.key_hash = e.key_hash
    cross join lateral (
      select case when e.key_hash is null then e.organization_id else c.organization_id end as org
    ) as o
    left join lateral (
      select v_claims -> (org || '/' || e.idempotency_key) as claim where e.idempotency_key is not null
    ) as k on true
    cross join lateral (
      select case
        when c.refused is not null then c.refused
        when org is null then 'unauthorized'
        when claim is null or (claim ->> 'id')::uuid = e.id then null
        when claim ->> 'hash' = e.content_hash then 'duplicate'
        else 'idempotency_conflict'
      end as refusal
    ) as r
  ), stored as (
    insert into public.webhook_events
      (id, organization_id, type, data, occurred_at, user_id, candidate_id, application_id, job_id, created_at)
    select id, org, type, data, coalesce(occurred_at, v_now), user_id, candidate_id, application_id, job_id, v_now
    from judged where accepted
    on conflict (id) do nothing
    returning id, organization_id, type, user_id
  ), subscriber as materialized (
    -- Matched once for each organization and type, however many events there are.
    select t.org, t.type, w.*
    from (select distinct org, type from judged where accepted) as t
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
  )
  select
    (select json_agg(json_build_object('verdict', coalesce(refusal, 'accepted'),
        'id', case when refusal = 'duplicate' then (claim ->> 'id')::uuid else id end,
        'deliveries', coalesce(c.deliveries, 0)) order by n)
      from judged
      left join counted c on c.event_id = case when refusal = 'duplicate' then (claim ->> 'id')::uuid else id end),
    (select count(*) from judged where accepted) > (select count(*) from stored),
    (select json_agg(json_build_array(id, event_id, webhook_id)) from written where leased),
    (select count(*) from written where status = 'pending' and not leased),
    (select array_agg(distinct webhook_id) from written where leased)
  into v_results, v_repeated, v_leased, v_waiting, v_webhooks;

  -- What an earlier call wrote (under the same idempotency key, or this very call whose answer was lost) is counted.
  if v_repeated or v_claims <> '{}' then
    select json_agg(json_build_object('verdict', r.verdict, 'id', r.id, 'deliveries',
      case when r.deliveries = 0 and r.verdict in ('accepted', 'duplicate') then (
        select count(*) from public.webhook_deliveries d
        where d.event_id = r.id and d.id between private.first_delivery_id(r.id) and private.last_delivery_id(r.id))
      else r.deliveries end) order by r.n)
    into v_results
    from rows from (json_to_recordset(v_results) as (verdict text, id uuid, deliveries integer))
      with ordinality as r (verdict, id, deliveries, n);
  end if;

  return json_build_object('results', v_results, 'token', v_token, 'leased', coalesce(v_leased, '[]'),
    'waiting', v_waiting, 'webhooks', private.targets(v_webhooks, v_now));
end
$$;
comment on function public.publish_events is
  'Stores events and one delivery for each webhook that asked, in one transaction; leases up to p_lease_limit of them to the caller, for one webhook no more than its room (p_rooms: webhook → room, else p_per_webhook). p_keys: type → keys of which a webhook must have one; p_leases: contract → lease in ms. leased: [delivery, event, webhook], all under one token.';
revoke execute on function public.publish_events from public, anon, authenticated;
grant execute on function public.publish_events to service_role;

create function public.publish_test(
  p_organization_id uuid, p_webhook_id uuid, p_event jsonb, p_lease_ms integer, p_now timestamptz default null
) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_now timestamptz := coalesce(p_now, clock_timestamp());
  v_delivery uuid := private.delivery_id((p_event ->> 'id')::uuid);
  v_token uuid := gen_random_uuid();
begin
  perform from public.webhooks where id = p_webhook_id and organization_id = p_organization_id and deleted_at is null;
  if not found then
    raise sqlstate 'PT404' using message = 'No such webhook.';
  end if;
  insert into public.webhook_events (id, organization_id, type, data, occurred_at, user_id, is_test, created_at)
  values ((p_event ->> 'id')::uuid, p_organization_id, p_event ->> 'type', p_event ->> 'data',
    coalesce((p_event ->> 'occurred_at')::timestamptz, v_now), p_event ->> 'user_id', true, v_now);
  insert into public.webhook_deliveries
    (id, organization_id, webhook_id, event_id, event_type, is_test, status, next_attempt_at, lease_token, created_at)
  values (v_delivery, p_organization_id, p_webhook_id, (p_event ->> 'id')::uuid, p_event ->> 'type', true, 'pending',
    v_now + p_lease_ms * interval '1 millisecond', v_token, v_now);
  return jsonb_build_object('id', v_delivery, 'token', v_token, 'webhooks', private.targets(array[p_webhook_id], v_now));
end
$$;
comment on function public.publish_test is 'A test delivery for one webhook, on or off, leased to the caller.';
revoke execute on function public.publish_test from public, anon, authenticated;
grant execute on function public.publish_test to service_role;
