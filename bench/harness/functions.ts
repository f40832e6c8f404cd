import type postgres from 'postgres';
import { directCalls } from '../../lib/supabase/embedded/direct.ts';

export { eventColumns, outcomeColumns } from '../../lib/webhooks/columns.ts';

/** Calls the app's database functions as the app does; answers their JSON, throws what the database refuses. */
export type CallFunction = (name: string, values: Record<string, unknown>) => Promise<unknown>;

/** The functions of a migrated database. */
export async function functionsOn(sql: postgres.Sql): Promise<CallFunction> {
  const call = await directCalls({
    run: async (text, values) => [...(await sql.unsafe(text, [...values], { prepare: true }))],
  });
  return async (name, values) => {
    const answer = await call({ name, values });
    if (!answer.ok) throw new Error(`${name}: ${answer.code} ${answer.message}`);
    return JSON.parse(answer.json);
  };
}

/** An event of `organizationId` with next to nothing in it, as a row. */
export const tinyEvent = (id: string, organizationId: string, type: string, data = '{"offerId":"o"}') => ({
  id,
  organization_id: organizationId,
  type,
  data,
  occurred_at: new Date().toISOString(),
  user_id: null,
  candidate_id: 'c1',
  application_id: 'a1',
  job_id: null,
});
