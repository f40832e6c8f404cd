import 'server-only';
import { z } from 'zod';
import type { Caller } from '@/lib/accounts/caller';
import { engine } from '@/lib/webhooks/engine';
import { later } from '@/lib/webhooks/later';
import { oneOf } from './answer';
import type { WebhookRow } from './rows';

/** Rows made due in one statement; more are done in further ones. */
const CHUNK = 5000;

/**
 * Makes a webhook's held or failed deliveries due again, oldest first, and starts to send them. `dryRun` only counts.
 * Answers how many. Throws a Problem: not_found, conflict (the webhook is off).
 */
export async function recoverDeliveries(
  caller: Caller,
  webhook: WebhookRow,
  options: { statuses: ('held' | 'failed')[]; since?: string; dryRun: boolean },
): Promise<number> {
  const db = await caller.functions();
  const recover = async (most: number, dryRun: boolean) =>
    oneOf(
      z.number(),
      await db.rpc('recover_deliveries', {
        p_organization_id: caller.organizationId,
        p_webhook_id: webhook.id,
        p_statuses: options.statuses,
        p_since: options.since,
        p_limit: most,
        p_dry_run: dryRun,
      }),
    ) ?? 0;
  // What fails again meanwhile is not taken up again: it would have no end.
  const asked = await recover(0, true);
  if (options.dryRun) return asked;
  let count = 0;
  while (count < asked) {
    const some = await recover(Math.min(CHUNK, asked - count), false);
    if (some === 0) break;
    count += some;
  }
  later(engine().pump());
  return count;
}
