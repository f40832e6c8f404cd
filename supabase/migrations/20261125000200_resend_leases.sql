-- Who sends once more what has arrived holds a lease too. Such a delivery has no due time that could tell when it ends, so
-- a second one sent beside the first, under the same number, and one's attempt replaced the other's in the log.

alter table public.webhook_deliveries add column resend_until timestamptz;
comment on column public.webhook_deliveries.resend_until is
  'When the lease ends under which what has arrived was last sent once more. It is over sooner where lease_token is null.';

create or replace function public.lease_delivery(
  p_organization_id uuid, p_delivery_id uuid, p_leases jsonb, p_now timestamptz default null
) returns json
language plpgsql security definer set search_path = '' set enable_seqscan = off set jit = off
as $$
declare
  v_now timestamptz := coalesce(p_now, clock_timestamp());
  v_token uuid := gen_random_uuid();
  v_until timestamptz;
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
  if v_delivery.lease_token is not null and coalesce(v_delivery.next_attempt_at, v_delivery.resend_until) > v_now then
    raise sqlstate 'PT409' using message = 'This delivery is being sent right now.';
  end if;
  perform private.reopen_deliveries_from(p_delivery_id);
  v_until := v_now + v_webhook.lease_ms * interval '1 millisecond';
  update public.webhook_deliveries d
  set lease_token = v_token,
    status = case d.status when 'success' then 'success' when 'pending' then 'pending' else 'retrying' end,
    next_attempt_at = case when d.status <> 'success' then v_until end,
    resend_until = case when d.status = 'success' then v_until end,
    reason = null, completed_at = case when d.status = 'success' then d.completed_at end
  where d.id = p_delivery_id;
  return json_build_object('token', v_token, 'deliveries', private.due_rows(array[p_delivery_id]),
    'webhooks', private.targets(array[v_delivery.webhook_id], v_now));
end
$$;
