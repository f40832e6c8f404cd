-- Switching a webhook off and on, and deleting it.

create function private.close_deliveries(p_webhook_id uuid, p_status text, p_now timestamptz) returns integer
language plpgsql security definer set search_path = '' set enable_seqscan = off set jit = off
as $$
declare
  v_closed integer;
begin
  with locked as (
    select d.id from public.webhook_deliveries d
    where d.webhook_id = p_webhook_id and d.status in ('pending', 'retrying') and (not d.is_test or p_status = 'failed')
      and d.id >= (select since from private.open_deliveries)
    order by d.id for update skip locked
  )
  update public.webhook_deliveries d
  set status = p_status, reason = case p_status when 'held' then 'webhook_off' else 'webhook_deleted' end,
    next_attempt_at = null, lease_token = null,
    completed_at = case when p_status = 'failed' then p_now end
  from locked where d.id = locked.id;
  get diagnostics v_closed = row_count;
  return v_closed;
end
$$;
comment on function private.close_deliveries is
  'Ends the open deliveries of a webhook that went off (held, but for tests) or was deleted (failed). Skips rows that a worker is recording, lest the two wait for each other: the next claim finds those.';

create function private.webhook_switched() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if old.is_active and not new.is_active then
    perform private.close_deliveries(new.id, 'held', clock_timestamp());
  elsif new.is_active and not old.is_active then
    update public.webhook_totals
    set consecutive_failures = 0, failing_since = null, failures_since_success = 0 where webhook_id = new.id;
  end if;
  return null;
end
$$;
comment on function private.webhook_switched is 'Off: open deliveries are held. On: failures are counted anew.';
create trigger webhook_switched after update of is_active on public.webhooks
  for each row when (old.is_active is distinct from new.is_active) execute function private.webhook_switched();

create function public.delete_webhook(p_organization_id uuid, p_webhook_id uuid, p_now timestamptz default null) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_now timestamptz := coalesce(p_now, clock_timestamp());
begin
  update public.webhooks set deleted_at = v_now, headers = '{}'
    where id = p_webhook_id and organization_id = p_organization_id and deleted_at is null;
  if not found then
    raise sqlstate 'PT404' using message = 'No such webhook.';
  end if;
  delete from public.webhook_secrets where webhook_id = p_webhook_id;
  perform private.close_deliveries(p_webhook_id, 'failed', v_now);
  update public.webhook_deliveries set status = 'failed', reason = 'webhook_deleted', completed_at = v_now
    where webhook_id = p_webhook_id and status = 'held';
end
$$;
comment on function public.delete_webhook is
  'Soft delete: secrets are purged, open and held deliveries end failed, the history stays until retention.';

revoke execute on function private.close_deliveries, private.webhook_switched, public.delete_webhook
  from public, anon, authenticated;
grant execute on function public.delete_webhook to service_role;
