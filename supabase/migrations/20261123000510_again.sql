-- Once more: one delivery because a person asked, or all that a webhook missed.

create function public.lease_delivery(
  p_organization_id uuid, p_delivery_id uuid, p_leases jsonb, p_now timestamptz default null
) returns json
language plpgsql security definer set search_path = '' set enable_seqscan = off set jit = off
as $$
declare
  v_now timestamptz := coalesce(p_now, clock_timestamp());
  v_token uuid := gen_random_uuid();
  v_delivery public.webhook_deliveries;
  v_webhook record;
begin
  select * into v_delivery from public.webhook_deliveries
    where id = p_delivery_id and organization_id = p_organization_id for update;
  if not found then
    raise sqlstate 'PT404' using message = 'No such delivery.';
  end if;
  select w.is_active, w.deleted_at, (p_leases ->> w.contract)::bigint as lease_ms
    into v_webhook from public.webhooks w where w.id = v_delivery.webhook_id;
  if v_webhook.deleted_at is not null or v_webhook.lease_ms is null then
    raise sqlstate 'PT409' using message = 'This webhook was deleted.';
  end if;
  if not v_webhook.is_active and not v_delivery.is_test then
    raise sqlstate 'PT409' using message = 'This webhook is off: switch it on first.';
  end if;
  if v_delivery.lease_token is not null and v_delivery.next_attempt_at > v_now then
    raise sqlstate 'PT409' using message = 'This delivery is being sent right now.';
  end if;
  perform private.reopen_deliveries_from(p_delivery_id);
  update public.webhook_deliveries d
  set lease_token = v_token,
    status = case d.status when 'success' then 'success' when 'pending' then 'pending' else 'retrying' end,
    next_attempt_at = case when d.status <> 'success' then v_now + v_webhook.lease_ms * interval '1 millisecond' end,
    reason = null, completed_at = case when d.status = 'success' then d.completed_at end
  where d.id = p_delivery_id;
  return json_build_object('token', v_token, 'deliveries', private.due_rows(array[p_delivery_id]),
    'webhooks', private.targets(array[v_delivery.webhook_id], v_now));
end
$$;
comment on function public.lease_delivery is
  'Leases one delivery because a person asked to send it again now; a delivered one stays success whatever comes back.';

create function public.recover_deliveries(
  p_organization_id uuid, p_webhook_id uuid, p_statuses text[], p_since timestamptz default null,
  p_limit integer default 5000, p_dry_run boolean default false, p_now timestamptz default null
) returns integer
language plpgsql security definer set search_path = '' set enable_seqscan = off set jit = off
as $$
declare
  v_now timestamptz := coalesce(p_now, clock_timestamp());
  v_active boolean;
  v_count integer;
begin
  select is_active into v_active from public.webhooks
    where id = p_webhook_id and organization_id = p_organization_id and deleted_at is null;
  if not found then
    raise sqlstate 'PT404' using message = 'No such webhook.';
  end if;
  if p_dry_run then
    select count(*) into v_count from public.webhook_deliveries d
    where d.webhook_id = p_webhook_id and d.status = any (p_statuses) and d.status in ('failed', 'held') and not d.is_test
      and (p_since is null or d.id >= private.uuid_v7_floor(p_since));
    return v_count;
  end if;
  if not v_active then
    raise sqlstate 'PT409' using message = 'This webhook is off: switch it on first.';
  end if;
  perform private.reopen_deliveries_from(d.id) from public.webhook_deliveries d
    where d.webhook_id = p_webhook_id and d.status = any (p_statuses) and d.status in ('failed', 'held') and not d.is_test
      and (p_since is null or d.id >= private.uuid_v7_floor(p_since))
    order by d.id limit 1;
  with missed as (
    select d.id from public.webhook_deliveries d
    where d.webhook_id = p_webhook_id and d.status = any (p_statuses) and d.status in ('failed', 'held') and not d.is_test
      and (p_since is null or d.id >= private.uuid_v7_floor(p_since))
    order by d.id limit p_limit
    for update skip locked
  )
  update public.webhook_deliveries d
  set status = case when d.attempts = 0 then 'pending' else 'retrying' end, next_attempt_at = v_now,
    reason = null, completed_at = null
  from missed where d.id = missed.id;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function public.recover_deliveries is
  'Makes held or failed deliveries of a webhook due again, oldest first, p_limit at a time; p_dry_run only counts.';

revoke execute on function public.lease_delivery, public.recover_deliveries from public, anon, authenticated;
grant execute on function public.lease_delivery, public.recover_deliveries to service_role;
