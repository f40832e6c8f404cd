import { leasedFrom } from '@/lib/webhooks/leased';
import type { Clock, LeasedDelivery, Outcome } from '@/lib/webhooks/types';
import type { Worker } from './worker';

const ROOM = { total: 100, perWebhook: 100, byWebhook: {} };

/** Leases what is due without sending it: a worker that can be stopped at any point. */
export async function claim(worker: Worker): Promise<LeasedDelivery[]> {
  return leasedFrom(await worker.database.claim(ROOM, null));
}

/** What an attempt would come to, for a worker that does not send. `status` null: no answer. */
export function outcomeOf(
  delivery: Pick<LeasedDelivery, 'id' | 'token' | 'number'>,
  clock: Clock,
  status: number | null,
  durationMs = 20,
): Outcome {
  const succeeded = status !== null && status < 300;
  const delays = [60_000, 300_000, 1_800_000];
  const delayMs = delays[delivery.number - 1];
  const next =
    delayMs === undefined
      ? ({ status: 'failed', reason: 'exhausted' } as const)
      : ({ status: 'retrying', retry_ms: delayMs } as const);
  return {
    id: delivery.id,
    token: delivery.token,
    number: delivery.number,
    ...(succeeded ? { status: 'success' as const } : next),
    sent: '{}',
    started_at: clock.now().toISOString(),
    duration_ms: durationMs,
    url: 'http://127.0.0.1:9/',
    status_code: status,
    error_class: status === null ? 'timeout' : null,
    error: status === null ? 'There was no answer in time.' : null,
    address: null,
    request_headers: {},
    response_headers: status === null ? null : {},
    response_body: status === null ? null : '',
    response_truncated: false,
  };
}
