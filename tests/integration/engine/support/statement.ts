import { eventColumns } from '@/lib/webhooks/columns';
import { newId } from '@/lib/webhooks/new-id';
import type { EventRow } from '@/lib/webhooks/types';

/** A call of a function as a statement with its arguments written out, for what has to be sent as text. */
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

function literal(value: unknown): string {
  if (value === null) return 'null';
  const isList = Array.isArray(value) && value.every((one) => one === null || typeof one !== 'object');
  if (isList)
    return quoted(`{${value.map((one) => (one === null ? 'null' : JSON.stringify(one))).join(',')}}`);
  return quoted(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

/** `select public.<name>(…) as answer`; what is undefined has its default. */
export function statementOf(name: string, args: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  return `select public.${name}(${given.map(([argument, value]) => `${argument} => ${literal(value)}`).join(', ')}) as answer`;
}

type Published = Pick<EventRow, 'organization_id' | 'type' | 'idempotency_key' | 'content_hash'>;

/** The publish of one event without data, of which up to `most` deliveries are leased. */
export function publishStatement(
  event: Published,
  { keys, leases, most }: { keys: Record<string, string[]>; leases: Record<string, number>; most: number },
): string {
  const now = new Date();
  const nobody = { user_id: null, candidate_id: null, application_id: null, job_id: null };
  const row = { id: newId(now), data: '{}', occurred_at: now.toISOString(), ...nobody, ...event };
  return statementOf('publish_events', {
    ...eventColumns([row]),
    p_keys: keys,
    p_leases: leases,
    p_lease_limit: most,
    p_per_webhook: most,
  });
}
