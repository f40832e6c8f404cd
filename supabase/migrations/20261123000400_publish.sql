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
language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_object_agg(w.id, jsonb_build_object(
    'organization_id', w.organization_id, 'contract', w.contract, 'url', w.url, 'headers', w.headers,
    'secrets', (select coalesce(jsonb_agg(s.secret order by s.created_at desc), '[]') from public.webhook_secrets s
                where s.webhook_id = w.id and (s.expires_at is null or s.expires_at > p_now)))), '{}')
  from public.webhooks w where w.id = any (p_webhooks)
$$;
comment on function private.targets is 'What a worker needs to send to these webhooks: read afresh for each attempt.';
revoke execute on function private.targets from public, anon, authenticated;

create function public.publish_events(
  p_events jsonb, p_leases jsonb, p_lease_limit integer default 0, p_per_webhook integer default 0,
  p_rooms jsonb default '{}', p_now timestamptz default null
) returns jsonb
language plpgsql security definer set search_path = '' set enable_seqscan = off set jit = off
as $$
declare
  v_now timestamptz := coalesce(p_now, clock_timestamp());
  v_keys jsonb := '{}';
  v_claims jsonb := '{}';
  v_limited uuid[] := '{}';
  v_answer jsonb;
begin
  -- Who calls with an API key: hash → { id, organization, may publish, rate }.
  if jsonb_path_exists(p_events, '$[*].key_hash') then
    select coalesce(jsonb_object_agg(k.key_hash, jsonb_build_object(
        'id', k.id, 'organization_id', k.organization_id, 'rate', k.rate_per_minute,
        'publish', 'publish' = any (k.scopes) or 'manage' = any (k.scopes))), '{}')
    into v_keys
    from public.api_keys k
    where k.revoked_at is null
      and k.key_hash in (select distinct e ->> 'key_hash' from jsonb_array_elements(p_events) as e);

    update public.api_keys k set last_used_at = v_now
    where k.key_hash = any (array(select jsonb_object_keys(v_keys)))
      and (k.last_used_at is null or k.last_used_at < v_now - interval '1 minute');

    if jsonb_path_exists(v_keys, '$.* ? (@.rate != null)') then
      with wanted as (
        select (v_keys -> (e ->> 'key_hash') ->> 'id')::uuid as id,
          (v_keys -> (e ->> 'key_hash') ->> 'rate')::integer as rate, count(*)::integer as events
        from jsonb_array_elements(p_events) as e
        where (v_keys -> (e ->> 'key_hash') ->> 'rate') is not null
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
      select coalesce((v_keys -> (e ->> 'key_hash') ->> 'organization_id')::uuid, (e ->> 'organization_id')::uuid) as organization_id,
        e ->> 'idempotency_key' as key, (e ->> 'id')::uuid as id, e ->> 'content_hash' as hash, n
      from jsonb_array_elements(p_events) with ordinality as t (e, n)
      where e ->> 'idempotency_key' is not null
        and (e ->> 'key_hash' is null or (v_keys -> (e ->> 'key_hash') -> 'publish')::boolean)
        and not coalesce((v_keys -> (e ->> 'key_hash') ->> 'id')::uuid = any (v_limited), false)
    ) as asked
    where organization_id is not null
    order by organization_id, key, n
    on conflict (organization_id, key) do update
      set event_id = excluded.event_id, content_hash = excluded.content_hash, created_at = excluded.created_at, deliveries = 0
      where i.created_at < v_now - interval '7 days';

    -- A statement of its own, so that it sees what a concurrent call has committed meanwhile.
    select coalesce(jsonb_object_agg(i.organization_id || '/' || i.key,
        jsonb_build_object('id', i.event_id, 'hash', i.content_hash, 'deliveries', i.deliveries)), '{}')
    into v_claims
    from public.webhook_idempotency_keys i
    join (
      select distinct
        coalesce((v_keys -> (e ->> 'key_hash') ->> 'organization_id')::uuid, (e ->> 'organization_id')::uuid) as organization_id,
        e ->> 'idempotency_key' as key
      from jsonb_array_elements(p_events) as e where e ->> 'idempotency_key' is not null
    ) as asked on asked.organization_id = i.organization_id and asked.key = i.key;
  end if;

  with input as materialized (
    select e.*, t.n,
      coalesce((v_keys -> e.key_hash ->> 'organization_id')::uuid, e.organization_id) as org,
      case
        when e.key_hash is not null and v_keys -> e.key_hash is null then 'unauthorized'
        when e.key_hash is not null and not (v_keys -> e.key_hash -> 'publish')::boolean then 'forbidden'
        when e.key_hash is not null and (v_keys -> e.key_hash ->> 'id')::uuid = any (v_limited) then 'rate_limited'
      end as refused
    from jsonb_array_elements(p_events) with ordinality as t (j, n),
      jsonb_to_record(t.j) as e (id uuid, organization_id uuid, key_hash text, type text, data text, occurred_at timestamptz,
        user_id text, candidate_id text, application_id text, job_id text, keys text[],
        idempotency_key text, content_hash text)
  ), judged as materialized (
    select i.*, c.claim,
      case
        when i.refused is not null then i.refused
        when i.org is null then 'unauthorized'
        when c.claim is null or (c.claim ->> 'id')::uuid = i.id then 'accepted'
        when c.claim ->> 'hash' = i.content_hash then 'duplicate'
        else 'idempotency_conflict'
      end as verdict
    from input i
    left join lateral (select v_claims -> (i.org || '/' || i.idempotency_key) as claim) as c on true
  ), stored as (
    insert into public.webhook_events
      (id, organization_id, type, data, occurred_at, user_id, candidate_id, application_id, job_id, created_at)
    select id, org, type, data, coalesce(occurred_at, v_now), user_id, candidate_id, application_id, job_id, v_now
    from judged where verdict = 'accepted'
    order by id
    on conflict (id) do nothing
    returning id
  ), matched as (
    select j.n, j.id as event_id, j.org, j.type, w.id as webhook_id, w.is_active,
      p_leases ->> w.contract as lease_ms,
      w.is_active and p_leases ? w.contract
        and row_number() over (partition by w.id order by j.n) <= coalesce((p_rooms ->> w.id::text)::integer, p_per_webhook) as fits
    from judged j
    join stored s on s.id = j.id
    join public.webhooks w on w.organization_id = j.org and w.deleted_at is null
      and w.subscriptions && j.keys and (w.user_id is null or w.user_id::text = j.user_id)
  ), ranked as (
    select m.*, m.fits and row_number() over (order by not m.fits, m.n, m.webhook_id) <= p_lease_limit as leased
    from matched m
  ), written as (
    insert into public.webhook_deliveries
      (id, organization_id, webhook_id, event_id, event_type, status, reason, next_attempt_at, lease_token, created_at)
    select private.uuid_v7(v_now), org, webhook_id, event_id, type,
      case when is_active then 'pending' else 'held' end,
      case when not is_active then 'webhook_off' end,
      case when leased then v_now + lease_ms::bigint * interval '1 millisecond' when is_active then v_now end,
      case when leased then gen_random_uuid() end,
      v_now
    from ranked
    returning id, event_id, webhook_id, lease_token
  ), counted as (
    select event_id, count(*)::integer as deliveries from written group by event_id
  ), remembered as (
    update public.webhook_idempotency_keys k set deliveries = c.deliveries
    from judged j join counted c on c.event_id = j.id
    where j.idempotency_key is not null and k.organization_id = j.org and k.key = j.idempotency_key and k.event_id = j.id
  )
  select jsonb_build_object(
    'results', (
      select jsonb_agg(jsonb_build_object(
        'verdict', j.verdict,
        'id', case when j.verdict = 'duplicate' then j.claim ->> 'id' else j.id::text end,
        'organization_id', j.org,
        'deliveries', case j.verdict
          when 'duplicate' then coalesce(
            (select c.deliveries from counted c where c.event_id = (j.claim ->> 'id')::uuid),
            (j.claim ->> 'deliveries')::integer)
          when 'accepted' then coalesce(
            (select c.deliveries from counted c where c.event_id = j.id),
            case when not exists (select from stored s where s.id = j.id)
              then (select count(*)::integer from public.webhook_deliveries d where d.event_id = j.id) end,
            0)
          else 0 end) order by j.n)
      from judged j),
    'leased', (
      select coalesce(jsonb_agg(jsonb_build_object('id', w.id, 'event_id', w.event_id, 'webhook_id', w.webhook_id,
        'token', w.lease_token)), '[]')
      from written w where w.lease_token is not null),
    'waiting', (select count(*) from ranked where is_active and not leased),
    'webhooks', (
      select private.targets(array_agg(distinct w.webhook_id), v_now) from written w where w.lease_token is not null))
  into v_answer;
  return v_answer;
end
$$;
comment on function public.publish_events is
  'Stores events and one delivery for each webhook that asked, in one transaction; leases up to p_lease_limit of them to the caller, for one webhook no more than its room (p_rooms: webhook → room, else p_per_webhook). p_leases: contract → lease in ms.';
revoke execute on function public.publish_events from public, anon, authenticated;
grant execute on function public.publish_events to service_role;

create function public.publish_test(
  p_organization_id uuid, p_webhook_id uuid, p_event jsonb, p_lease_ms integer, p_now timestamptz default null
) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_now timestamptz := coalesce(p_now, clock_timestamp());
  v_delivery uuid := private.uuid_v7(v_now);
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
