-- Tables of the tests: what a migration grants is granted, and nothing else.
create table public.notes (
  id bigint generated always as identity primary key,
  body text not null,
  secret text,
  written_at timestamptz not null default now(),
  constraint notes_body_not_empty check (body <> '')
);
alter table public.notes enable row level security;
create policy notes_open on public.notes for select to anon using (body like 'open%');
revoke all on public.notes from public, anon, authenticated;
grant select (id, body, written_at) on public.notes to anon;

create table public.ungranted (id int primary key);
insert into public.ungranted values (1);
create table public.ungranted_with_rls (id int primary key);
alter table public.ungranted_with_rls enable row level security;
create policy ungranted_all on public.ungranted_with_rls for all using (true);
insert into public.ungranted_with_rls values (1);
