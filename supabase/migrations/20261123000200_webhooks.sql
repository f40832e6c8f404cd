-- Webhooks and their secrets: who asked to be told what, and how a delivery to them is signed.

create table private.contract_events (
  contract text not null,
  event text not null,
  primary key (contract, event)
);
comment on table private.contract_events is
  'Every name, wildcards included, under which a webhook of a contract may subscribe. Filled from the catalogue in code; a test holds the two together.';
alter table private.contract_events enable row level security;

create function private.jsonb_keys(p_object jsonb) returns text[]
language sql immutable parallel safe set search_path = ''
as $$ select coalesce(array_agg(k order by k), '{}') from jsonb_object_keys(p_object) as k $$;

create function private.subscriptions(p_contract text, p_events text[]) returns text[]
language sql immutable parallel safe set search_path = ''
as $$ select coalesce(array_agg(p_contract || ':' || e), '{}') from unnest(p_events) as e $$;

create function private.headers_fit(p_headers jsonb) returns boolean
language sql immutable parallel safe set search_path = ''
as $$
  select case when jsonb_typeof(p_headers) = 'object' then (
    select count(*) <= 20 and coalesce(bool_and(
      jsonb_typeof(value) = 'string'
      and key ~ '^[!#$%&''*+.^_`|~0-9A-Za-z-]{1,100}$'
      and (value #>> '{}') ~ '^[\t\x20-\x7e]*$' and char_length(value #>> '{}') <= 4096
      and lower(key) <> all (array['host', 'content-length', 'transfer-encoding', 'connection', 'keep-alive',
        'proxy-connection', 'upgrade', 'expect', 'te', 'trailer', 'content-type', 'user-agent',
        'webhook-id', 'webhook-timestamp', 'webhook-signature'])), true)
    from jsonb_each(p_headers))
  else false end
$$;
comment on function private.headers_fit is
  'Whether headers can be sent: names and values that HTTP takes, and none that the delivery itself sets. One that cannot must not get in by any door: workers read the headers of many webhooks at once.';

-- Clients that write a webhook also compute its generated columns and constraints.
revoke execute on function private.jsonb_keys, private.subscriptions, private.headers_fit from public, anon;
grant execute on function private.jsonb_keys, private.subscriptions, private.headers_fit to authenticated, service_role;

create table public.webhooks (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations (id) on delete cascade,
  user_id uuid references auth.users (id) on delete cascade,
  contract text not null,
  url text not null,
  events text[] not null,
  subscriptions text[] not null generated always as (private.subscriptions(contract, events)) stored,
  description text,
  headers jsonb not null default '{}',
  header_names text[] not null generated always as (private.jsonb_keys(headers)) stored,
  is_active boolean not null default true,
  disabled_reason text,
  created_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint webhooks_url_length check (char_length(url) between 1 and 2048),
  constraint webhooks_url_form check (url ~* '^https?://[^\s/?#@\\]+([/?#]\S*)?$'),
  constraint webhooks_events_some check (cardinality(events) between 1 and 200),
  constraint webhooks_description_length check (char_length(description) <= 500),
  constraint webhooks_headers_form check (private.headers_fit(headers))
);
comment on table public.webhooks is 'Endpoints that asked to be told. Deleting is soft: the history stays until retention takes it.';
comment on column public.webhooks.user_id is 'Set where a contract belongs to one user: only events of that user are sent.';
comment on column public.webhooks.contract is 'Dialect in which deliveries are rendered and signed; never changes.';
comment on column public.webhooks.events is 'Subscribed names, as the contract spells them.';
comment on column public.webhooks.subscriptions is 'contract:name for each subscribed name: what an event''s keys are matched with.';
comment on column public.webhooks.headers is 'Headers of the receiver''s own; values are written, never read back by clients.';
comment on column public.webhooks.disabled_reason is 'Why the webhook was switched off by itself; null when a person did it or it is on.';
-- Serves: matching a published event, and the list of an organization's webhooks.
create index webhooks_organization on public.webhooks (organization_id, created_at desc) where deleted_at is null;
-- Serves: at most one webhook a user and contract, where webhooks belong to users.
create unique index webhooks_one_per_user on public.webhooks (organization_id, user_id, contract)
  where user_id is not null and deleted_at is null;

create table public.webhook_secrets (
  id uuid primary key default gen_random_uuid(),
  webhook_id uuid not null references public.webhooks (id) on delete cascade,
  secret text not null,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz
);
comment on table public.webhook_secrets is
  'Signing secrets, several while a rotation overlaps. No role may read the table: only the functions that lease deliveries do.';
comment on column public.webhook_secrets.secret is 'Encrypted by the app where HIREHOOK_ENCRYPTION_KEY is set.';
-- Serves: the secrets of a leased delivery's webhook.
create index webhook_secrets_webhook on public.webhook_secrets (webhook_id, created_at desc);

-- Rules that hold whatever door a write comes through ---------------------------------------------------

create function private.check_webhook() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_unknown text;
begin
  if tg_op = 'UPDATE' then
    if (new.contract, new.organization_id, new.user_id) is distinct from (old.contract, old.organization_id, old.user_id) then
      raise sqlstate '23514' using message = 'A webhook''s contract, organization and user cannot change.';
    end if;
    new.updated_at := clock_timestamp();
    if new.is_active and not old.is_active then
      new.disabled_reason := null;
    end if;
  end if;
  if tg_op = 'INSERT' or new.events is distinct from old.events then
    new.events := array(select e from unnest(new.events) with ordinality as t (e, n) group by e order by min(n));
    select e into v_unknown from unnest(new.events) as e
      where not exists (select from private.contract_events c where c.contract = new.contract and c.event = e)
      limit 1;
    if found then
      raise sqlstate '23514' using message = format('%s is not an event of this contract.', coalesce(v_unknown, 'null'));
    end if;
  end if;
  return new;
end
$$;
comment on function private.check_webhook is 'Known events only; contract, organization and user never change.';
revoke execute on function private.check_webhook from public, anon, authenticated;

create trigger check_webhook before insert or update on public.webhooks
  for each row execute function private.check_webhook();

-- Who may what ------------------------------------------------------------------------------------------

alter table public.webhooks enable row level security;
alter table public.webhook_secrets enable row level security;

create function private.my_webhooks(p_roles text[] default array['owner', 'recruiter', 'viewer'])
returns setof uuid
language sql stable security definer set search_path = ''
as $$
  select w.id
  from public.memberships m
  join public.webhooks w on w.organization_id = m.organization_id
  where m.user_id = (select auth.uid()) and m.role = any (p_roles)
    and (w.user_id is null or w.user_id = m.user_id or m.role = 'owner')
$$;
comment on function private.my_webhooks is
  'Webhooks that the signed-in user may see in one of the roles: the organization''s, and a user''s own for that user and the owners.';
revoke execute on function private.my_webhooks from public, anon;
grant execute on function private.my_webhooks to authenticated, service_role;

create policy webhooks_members_read on public.webhooks for select to authenticated
  using (deleted_at is null and id in (select private.my_webhooks()));
create policy webhooks_writers_update on public.webhooks for update to authenticated
  using (deleted_at is null and id in (select private.my_webhooks(array['owner', 'recruiter'])))
  with check (id in (select private.my_webhooks(array['owner', 'recruiter'])));

revoke all on public.webhooks, public.webhook_secrets from public, anon, authenticated, service_role;
grant select (id, organization_id, user_id, contract, url, events, description, header_names, is_active,
    disabled_reason, created_by, created_at, updated_at, deleted_at)
  on public.webhooks to authenticated, service_role;
grant update (url, events, description, headers, is_active) on public.webhooks to authenticated, service_role;

-- Creating, rotating, deleting: with the secret, so by functions only -----------------------------------

create function public.create_webhook(p_organization_id uuid, p_webhook jsonb, p_secret text) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  v_id uuid;
begin
  insert into public.webhooks (organization_id, user_id, contract, url, events, description, headers, is_active, created_by)
  select p_organization_id, w.user_id, w.contract, w.url, w.events, w.description,
    coalesce(w.headers, '{}'), coalesce(w.is_active, true), w.created_by
  from jsonb_to_record(p_webhook) as w (user_id uuid, contract text, url text, events text[],
    description text, headers jsonb, is_active boolean, created_by uuid)
  returning id into v_id;
  insert into public.webhook_secrets (webhook_id, secret) values (v_id, p_secret);
  return v_id;
end
$$;
comment on function public.create_webhook is 'Stores a webhook and its first secret; answers its id.';

create function public.rotate_webhook_secret(
  p_organization_id uuid, p_webhook_id uuid, p_secret text, p_overlap_seconds integer, p_now timestamptz default null
) returns timestamptz
language plpgsql security definer set search_path = ''
as $$
declare
  v_now timestamptz := coalesce(p_now, clock_timestamp());
  v_until timestamptz := v_now + make_interval(secs => p_overlap_seconds);
begin
  perform from public.webhooks
    where id = p_webhook_id and organization_id = p_organization_id and deleted_at is null for update;
  if not found then
    raise sqlstate 'PT404' using message = 'No such webhook.';
  end if;
  delete from public.webhook_secrets
    where webhook_id = p_webhook_id and (expires_at <= v_now or p_overlap_seconds = 0);
  update public.webhook_secrets set expires_at = least(expires_at, v_until) where webhook_id = p_webhook_id;
  insert into public.webhook_secrets (webhook_id, secret) values (p_webhook_id, p_secret);
  return v_until;
end
$$;
comment on function public.rotate_webhook_secret is
  'Adds a secret; those before it stay valid for the overlap (seconds). Answers when they end.';

revoke execute on function public.create_webhook, public.rotate_webhook_secret from public, anon, authenticated;
grant execute on function public.create_webhook, public.rotate_webhook_secret to service_role;
