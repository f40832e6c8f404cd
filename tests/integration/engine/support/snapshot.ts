import { z } from 'zod';
import type { World } from './world';

const stateRow = z.object({
  id: z.string(),
  webhook_id: z.string(),
  status: z.enum(['pending', 'retrying', 'success', 'failed', 'held']),
  reason: z.string().nullable(),
  attempts: z.coerce.number(),
  token: z.string().nullable(),
  due_at: z.coerce.number().nullable(),
  body: z.string().nullable(),
  logged: z.coerce.number(),
  is_active: z.boolean(),
  deleted: z.boolean(),
});
export type State = z.infer<typeof stateRow>;

/** Every delivery with what its webhook is, by id. */
export async function statesOf(world: World): Promise<Map<string, State>> {
  const rows = await world.sql(
    `select d.id, d.webhook_id, d.status, d.reason, d.attempts, d.lease_token as token, d.body,
       round(extract(epoch from d.next_attempt_at) * 1000) as due_at,
       (select count(*) from public.webhook_attempts a where a.delivery_id = d.id) as logged,
       w.is_active, w.deleted_at is not null as deleted
     from public.webhook_deliveries d join public.webhooks w on w.id = d.webhook_id`,
  );
  return new Map(
    stateRow
      .array()
      .parse(rows)
      .map((row) => [row.id, row]),
  );
}

const figures = z.object({
  success: z.coerce.number(),
  failed: z.coerce.number(),
  error: z.coerce.number(),
  attempts: z.coerce.number(),
});
export type Figures = z.infer<typeof figures>;
const figuresRow = figures.extend({ webhook_id: z.string() });

const byWebhook = (rows: Record<string, unknown>[]): Record<string, Figures> =>
  Object.fromEntries(
    figuresRow
      .array()
      .parse(rows)
      .map(({ webhook_id: id, ...rest }) => [id, rest]),
  );

const HOURS = `public.webhook_stats s,
  unnest(s.success, s.failed, s.error, s.attempts) as h (success, failed, error, attempts)`;

/** The running totals, and the hours added up, of every webhook that has any. */
export async function countedFigures(world: World) {
  const totals = await world.sql(
    'select webhook_id, success, failed, error, attempts from public.webhook_totals',
  );
  const hours = await world.sql(
    `select webhook_id, sum(h.success) as success, sum(h.failed) as failed, sum(h.error) as error,
       sum(h.attempts) as attempts
     from ${HOURS} group by webhook_id`,
  );
  const [{ negative } = {}] = await world.sql(
    `select count(*) as negative from ${HOURS} where least(h.success, h.failed, h.error, h.attempts) < 0`,
  );
  return { totals: byWebhook(totals), hours: byWebhook(hours), negativeHours: Number(negative) };
}

/** The same figures counted anew, from the attempts and deliveries themselves; `ended`: delivery → how it last ended badly. */
export async function recount(world: World, ended: ReadonlyMap<string, 'failed' | 'error'>) {
  const rows = await world.sql(
    `select w.id as webhook_id,
       (select count(*) from public.webhook_deliveries d where d.webhook_id = w.id and d.status = 'success' and not d.is_test) as success,
       0 as failed, 0 as error, count(a.number) as attempts
     from public.webhooks w
     join public.webhook_attempts a on a.webhook_id = w.id
     join public.webhook_deliveries d on d.id = a.delivery_id and not d.is_test
     group by w.id`,
  );
  const figures = byWebhook(rows);
  const states = await statesOf(world);
  for (const [id, how] of ended) {
    const one = figures[states.get(id)?.webhook_id ?? ''];
    if (one) one[how] += 1;
  }
  return figures;
}
