create function public.whoami() returns text language sql stable set search_path = ''
as $$ select current_user || ':' || current_setting('request.method', true) $$;

create function public.refuse(p_word text) returns void language plpgsql set search_path = ''
as $$ begin raise exception 'refused: %', p_word; end $$;

create function public.conflict() returns void language plpgsql set search_path = ''
as $$ begin raise sqlstate 'PT409' using message = 'already there'; end $$;

create function public.nap(p_seconds double precision) returns void language sql volatile set search_path = ''
as $$ select pg_catalog.pg_sleep(p_seconds) $$;

create function public.vacuums() returns bigint language sql volatile security definer set search_path = ''
as $$ select vacuum_count from pg_catalog.pg_stat_user_tables where relname = 'notes' $$;

create function public.cut_all_connections() returns bigint language sql volatile security definer set search_path = ''
as $$
  select count(pg_catalog.pg_terminate_backend(pid)) from pg_catalog.pg_stat_activity
  where datname = pg_catalog.current_database() and application_name = 'hirehook'
$$;
