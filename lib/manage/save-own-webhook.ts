import 'server-only';
import type { Caller } from '@/lib/accounts/caller';
import type { Contract } from '@/lib/contracts/contract';
import { type Fields, Problem, sentenceOf } from '@/lib/webhooks/errors';
import { createWebhook, updateWebhook, type WebhookPatch } from './change-webhook';
import { findOwnWebhook } from './webhooks';

async function create(caller: Caller, contract: Contract, input: WebhookPatch) {
  const { url, events, ...rest } = input;
  if (url === undefined || events === undefined) {
    const fields: Fields = {};
    if (url === undefined) fields.url = ['is required'];
    if (events === undefined) fields.events = ['is required'];
    throw new Problem('validation_failed', sentenceOf(fields), fields);
  }
  return createWebhook(caller, contract, { ...rest, url, events });
}

/**
 * Creates the caller's own webhook of a contract whose webhooks belong to users, or changes what is given of it. Answers
 * the secret of a new one, once; null for one that was there. Throws a Problem: validation_failed, forbidden.
 */
export async function saveOwnWebhook(
  caller: Caller,
  contract: Contract,
  input: WebhookPatch,
): Promise<{ secret: string | null }> {
  const found = await findOwnWebhook(caller, contract.name);
  if (!found) {
    try {
      return { secret: (await create(caller, contract, input)).secret };
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'conflict')) throw error;
    }
  }
  // It was there, or another request has made it meanwhile.
  const webhook = found ?? (await findOwnWebhook(caller, contract.name));
  if (!webhook) throw new Problem('conflict', 'The webhook was created and deleted meanwhile: try again.');
  await updateWebhook(caller, webhook, input);
  return { secret: null };
}
