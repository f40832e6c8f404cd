import 'server-only';
import type { Caller } from '@/lib/accounts/caller';
import { engine } from '@/lib/webhooks/engine';
import type { Sent } from '@/lib/webhooks/resend';
import type { WebhookRow } from './rows';

/**
 * Sends a test, or the sample of an event, to a webhook of the caller's, on or off, and answers what came back. Throws
 * as `resender.test`.
 */
export function sendTest(caller: Caller, webhook: WebhookRow, eventType?: string): Promise<Sent> {
  const { id, contract, user_id: userId } = webhook;
  return engine().resender.test(caller.organizationId, { id, contract, userId }, eventType);
}
