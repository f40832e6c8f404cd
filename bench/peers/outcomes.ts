import postgres from 'postgres';
import type { Outcome } from './send.ts';

/** The peers' table of outcomes: one row for each attempt. */
export const CREATE_OUTCOMES = `
  create table if not exists outcomes (
    id bigint generated always as identity primary key,
    job_id text not null,
    webhook integer not null,
    started_at timestamptz not null,
    duration_ms integer not null,
    status integer,
    response text not null
  )`;

/** Stores outcomes; each promise resolves when its row is committed. */
export interface Outcomes {
  one(outcome: Outcome): Promise<void>;
  many(outcomes: readonly Outcome[]): Promise<void>;
  /** Joins whatever is stored at the same time into one insert. */
  joined(outcome: Outcome): Promise<void>;
}

/** Opens the store on `url` with up to `connections` connections. */
export function openOutcomes(url: string, connections: number): Outcomes {
  const sql = postgres(url, { max: connections, onnotice: () => undefined });
  const many = async (outcomes: readonly Outcome[]): Promise<void> => {
    await sql`
      insert into outcomes (job_id, webhook, started_at, duration_ms, status, response)
      select * from unnest(
        ${outcomes.map((outcome) => outcome.jobId)}::text[],
        ${outcomes.map((outcome) => outcome.webhook)}::integer[],
        ${outcomes.map((outcome) => outcome.startedAt.toISOString())}::timestamptz[],
        ${outcomes.map((outcome) => outcome.durationMs)}::integer[],
        ${outcomes.map((outcome) => outcome.status)}::integer[],
        ${outcomes.map((outcome) => outcome.response)}::text[])`;
  };
  let waiting: Outcome[] = [];
  let next: Promise<void> | undefined;
  let current: Promise<void> = Promise.resolve();
  return {
    many,
    async one({ jobId, webhook, startedAt, durationMs, status, response }) {
      await sql`
        insert into outcomes (job_id, webhook, started_at, duration_ms, status, response)
        values (${jobId}, ${webhook}, ${startedAt}, ${durationMs}, ${status}, ${response})`;
    },
    joined(outcome) {
      waiting.push(outcome);
      next ??= current.then(() => {
        const batch = waiting;
        waiting = [];
        next = undefined;
        current = many(batch);
        return current;
      });
      return next;
    },
  };
}
