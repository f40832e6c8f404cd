import 'server-only';
import type { Caller } from '@/lib/accounts/caller';
import type { Contract } from '@/lib/contracts/contract';
import { engine } from '@/lib/webhooks/engine';
import { Problem } from '@/lib/webhooks/errors';
import type { Sent } from '@/lib/webhooks/resend';
import { findDelivery } from './deliveries';
import { findWebhook } from './webhooks';

/**
 * Sends a failed delivery of one of the contract's webhooks once more, now. Throws a Problem: not_found, conflict (it
 * has not failed, it is being sent, its webhook is off).
 */
export async function retryFailed(caller: Caller, contract: Contract, deliveryId: string): Promise<Sent> {
  const delivery = await findDelivery(caller, deliveryId);
  await findWebhook(caller, delivery.webhook_id, contract.name);
  if (delivery.status !== 'failed')
    throw new Problem('conflict', `Only a failed delivery can be retried; this one is ${delivery.status}.`);
  return engine().resender.resend(caller.organizationId, deliveryId);
}
