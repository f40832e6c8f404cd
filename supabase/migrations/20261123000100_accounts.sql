-- Who is calling: organizations, their members, their API keys.

create schema private;
comment on schema private is 'Helpers and settings that no client role reaches through the Data API.';
grant usage on schema private to authenticated, service_role;

-- Identifiers -----------------------------------------------------------------------------------------

create function private.uuid_v7_floor(p_at timestamptz) returns uuid
language sql immutable parallel safe set search_path = ''
as $$
  select (lpad(to_hex(floor(extract(epoch from p_at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;
comment on function private.uuid_v7_floor is 'The lowest identifier of a millisecond: bounds of partitions and of searches by time.';

revoke execute on function private.uuid_v7_floor from public, anon, authenticated;
grant execute on function private.uuid_v7_floor to service_role;

-- Tables ----------------------------------------------------------------------------------------------

create table private.settings (
  key text primary key,
  value text not null
);
comment on table private.settings is 'What a deployment on its own PostgreSQL keeps for itself: generated keys, the demo sign-in.';

create table public.organizations (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  created_at timestamptz not null default now(),
  constraint organizations_name_length check (char_length(btrim(name)) between 1 and 120)
);
comment on table public.organizations is 'A hiring company or agency: the tenant that everything belongs to.';

create table public.memberships (
  organization_id uuid not null references public.organizations (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  role text not null,
  created_at timestamptz not null default now(),
  primary key (organization_id, user_id),
  constraint memberships_role_known check (role in ('owner', 'recruiter', 'viewer'))
);
comment on table public.memberships is 'Who belongs to an organization: owners and recruiters write, viewers read.';
-- Serves: which organizations is this user in (every policy, every request).
create index memberships_user on public.memberships (user_id, created_at);

create table public.api_keys (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations (id) on delete cascade,
  name text not null,
  prefix text not null,
  key_hash text not null,
  scopes text[] not null,
  rate_per_minute integer,
  created_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at timestamptz,
  constraint api_keys_name_length check (char_length(btrim(name)) between 1 and 120),
  constraint api_keys_hash_form check (key_hash ~ '^[0-9a-f]{64}$'),
  constraint api_keys_scopes_known check (
    cardinality(scopes) > 0 and scopes <@ array['publish', 'manage']::text[]),
  constraint api_keys_rate_positive check (rate_per_minute > 0)
);
comment on table public.api_keys is 'Keys of programs that act for an organization; only the SHA-256 of a key is kept.';
comment on column public.api_keys.prefix is 'The first characters of the key, so that people can tell keys apart.';
comment on column public.api_keys.rate_per_minute is 'Events a minute that the key may publish; null means no limit.';
-- Serves: the look-up of a bearer key.
create unique index api_keys_hash on public.api_keys (key_hash);
-- Serves: the list of an organization's keys.
create index api_keys_organization on public.api_keys (organization_id, created_at desc);

-- Who may what ----------------------------------------------------------------------------------------

create function private.my_organizations(p_roles text[] default array['owner', 'recruiter', 'viewer'])
returns setof uuid
language sql stable security definer set search_path = ''
as $$
  select m.organization_id from public.memberships m
  where m.user_id = (select auth.uid()) and m.role = any (p_roles)
$$;
comment on function private.my_organizations is 'Organizations in which the signed-in user has one of the roles.';
revoke execute on function private.my_organizations from public, anon;
grant execute on function private.my_organizations to authenticated, service_role;

alter table private.settings enable row level security;
alter table public.organizations enable row level security;
alter table public.memberships enable row level security;
alter table public.api_keys enable row level security;

create policy organizations_members_read on public.organizations for select to authenticated
  using (id in (select private.my_organizations()));
create policy memberships_members_read on public.memberships for select to authenticated
  using (organization_id in (select private.my_organizations()));
create policy api_keys_writers_read on public.api_keys for select to authenticated
  using (organization_id in (select private.my_organizations(array['owner', 'recruiter'])));

revoke all on public.organizations, public.memberships, public.api_keys from public, anon, authenticated;
grant select on public.organizations, public.memberships to authenticated;
grant select (id, organization_id, name, prefix, scopes, rate_per_minute, created_by, created_at, last_used_at, revoked_at)
  on public.api_keys to authenticated;
grant all on public.organizations, public.memberships, public.api_keys, private.settings to service_role;

-- Signing up makes an organization --------------------------------------------------------------------

create function private.welcome_user() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_organization uuid;
  v_name text := nullif(btrim(new.raw_user_meta_data ->> 'organization_name'), '');
begin
  insert into public.organizations (name)
  values (left(coalesce(v_name, split_part(new.email, '@', 1) || '''s organization'), 120))
  returning id into v_organization;
  insert into public.memberships (organization_id, user_id, role) values (v_organization, new.id, 'owner');
  return new;
end
$$;
comment on function private.welcome_user is 'Gives a new user an organization of their own, as its owner.';
revoke execute on function private.welcome_user from public, anon, authenticated;

create trigger welcome_user after insert on auth.users
  for each row execute function private.welcome_user();
