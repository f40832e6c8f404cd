import type postgres from 'postgres';
import type { SignedPost } from './posts.ts';

/** The three tables of the app, with their columns and primary keys, without partitions and further indexes. */
export const CREATE_TABLES = `
  create schema if not exists bench;
  drop table if exists bench.events, bench.deliveries, bench.attempts;
  create table bench.events (id uuid primary key, organization_id uuid not null, type text not null, data text not null,
    occurred_at timestamptz not null, candidate_id text, application_id text, created_at timestamptz not null);
  create table bench.deliveries (id uuid primary key, organization_id uuid not null, webhook_id uuid not null,
    event_id uuid not null, event_type text not null, is_test boolean not null default false, status text not null,
    attempts smallint not null, body text, response_code smallint, duration_ms integer,
    created_at timestamptz not null, completed_at timestamptz);
  create table bench.attempts (delivery_id uuid, number smallint, organization_id uuid not null, webhook_id uuid not null,
    started_at timestamptz not null, duration_ms integer not null, url text not null, status_code smallint, address text,
    request_headers jsonb not null, response_headers jsonb, response_body text,
    response_truncated boolean not null default false, primary key (delivery_id, number))`;

const ORGANIZATION = '01900000-0000-7000-8000-000000000001';
const WEBHOOK = '01900000-0000-7000-8000-000000000002';
const RESPONSE_HEADERS = JSON.stringify({ 'content-length': '2', 'content-type': 'text/plain' });

/** Inserts the rows that delivering `posts` leaves behind: event, delivery and attempt, each in one statement. */
export async function insertRows(
  sql: postgres.Sql,
  posts: readonly SignedPost[],
  url: string,
): Promise<void> {
  const ids = posts.map((post) => post.id);
  const at = new Date().toISOString();
  await sql.begin(async (transaction) => {
    await Promise.all([
      transaction`insert into bench.events
        select id, ${ORGANIZATION}::uuid, 'offer.rejected', data, ${at}::timestamptz, 'candidate-1', 'application-1', ${at}::timestamptz
        from unnest(${ids}::uuid[], ${posts.map((post) => post.data)}::text[]) as t (id, data)`,
      transaction`insert into bench.deliveries
        select id, ${ORGANIZATION}::uuid, ${WEBHOOK}::uuid, id, 'offer.rejected', false, 'success', 1, body, 200, 1,
          ${at}::timestamptz, ${at}::timestamptz
        from unnest(${ids}::uuid[], ${posts.map((post) => post.body)}::text[]) as t (id, body)`,
      transaction`insert into bench.attempts
        select id, 1, ${ORGANIZATION}::uuid, ${WEBHOOK}::uuid, ${at}::timestamptz, 1, ${url}, 200, '127.0.0.1', headers,
          ${RESPONSE_HEADERS}::text::jsonb, 'ok', false
        from unnest(${ids}::uuid[], ${posts.map((post) => JSON.stringify(post.headers))}::text[]::jsonb[]) as t (id, headers)`,
    ]);
  });
}
