/** The roles of Supabase. They belong to the whole server, so another database may have made them. */
export const ROLES = `
do $$
declare
  v_role record;
begin
  for v_role in
    select * from (values ('anon', ''), ('authenticated', ''), ('service_role', 'bypassrls')) as r (name, option)
  loop
    begin
      if not exists (select from pg_catalog.pg_roles where rolname = v_role.name) then
        execute format('create role %I nologin noinherit %s', v_role.name, v_role.option);
      end if;
    exception when duplicate_object or unique_violation then null;
    end;
    if not pg_catalog.pg_has_role(current_user, v_role.name, 'member') then
      execute format('grant %I to current_user', v_role.name);
    end if;
  end loop;
end
$$;`;

/**
 * What a new hosted project grants, and no more: a table of `public` is nobody's but the server's until
 * a migration grants it. (The library would grant everything on every table with row level security,
 * undoing each migration's revoke; `tune.ts` keeps it from doing so.)
 */
export const GRANTS = `
create schema if not exists extensions;
grant usage on schema public, auth, extensions to anon, authenticated, service_role;
alter default privileges in schema public grant all on tables to service_role;
alter default privileges in schema public grant all on sequences to service_role;
alter default privileges in schema public grant all on functions to service_role;
create schema if not exists supabase_migrations;
create table if not exists supabase_migrations.schema_migrations (
  version text primary key,
  statements text[],
  name text
);`;
