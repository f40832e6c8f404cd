/** Creating, changing, rotating, deleting: each for a caller whom the route has let in. */
import 'server-only';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Caller } from '@/lib/accounts/caller';
import { CONTRACTS } from '@/lib/contracts';
import type { Contract } from '@/lib/contracts/contract';
import { newSecret } from '@/lib/contracts/secret';
import { engine } from '@/lib/webhooks/engine';
import { Problem } from '@/lib/webhooks/errors';
import { oneOf } from './answer';
import { checkWebhook, type WebhookInput } from './check-webhook';
import type { WebhookRow } from './rows';

export interface NewWebhook extends WebhookInput {
  url: string;
  events: readonly string[];
  description?: string | null;
  isActive?: boolean;
}

/**
 * Stores a webhook with its first secret, and answers both: the secret is never readable again. Throws a Problem:
 * validation_failed, conflict (a user's second webhook of a contract).
 */
export async function createWebhook(
  caller: Caller,
  contract: Contract,
  input: NewWebhook,
): Promise<{ id: string; secret: string }> {
  const checked = checkWebhook(contract, input);
  if (contract.ownedBy === 'user' && !caller.userId)
    throw new Problem(
      'forbidden',
      'This webhook belongs to a user: sign in, or use a key that a member made.',
    );
  const secret = input.secret ?? newSecret(contract, randomBytes);
  const db = await caller.functions();
  const id = oneOf(
    z.string(),
    await db.rpc('create_webhook', {
      p_organization_id: caller.organizationId,
      p_webhook: {
        user_id: contract.ownedBy === 'user' ? caller.userId : null,
        contract: contract.name,
        url: checked.url ?? input.url,
        events: checked.events ?? [...input.events],
        description: input.description ?? null,
        headers: checked.headers ?? {},
        is_active: input.isActive ?? true,
        created_by: caller.userId,
      },
      p_secret: engine().seal(secret),
    }),
  );
  if (!id) throw new Problem('unavailable', 'The webhook was not stored.');
  return { id, secret };
}

export interface WebhookPatch {
  url?: string;
  events?: readonly string[];
  headers?: Readonly<Record<string, string>>;
  description?: string | null;
  isActive?: boolean;
  /** The caller's own, where the contract takes one: a rotation to it, with the usual overlap. */
  secret?: string | null;
}

/** Changes what is given of a webhook and leaves the rest. Throws a Problem: validation_failed, not_found. */
export async function updateWebhook(caller: Caller, webhook: WebhookRow, patch: WebhookPatch): Promise<void> {
  const change = {
    ...checkWebhook(CONTRACTS[webhook.contract], patch),
    ...(patch.description !== undefined && { description: patch.description }),
    ...(patch.isActive !== undefined && { is_active: patch.isActive }),
  };
  if (patch.secret != null) await storeSecret(caller, webhook, patch.secret, DEFAULT_OVERLAP_HOURS);
  if (Object.keys(change).length === 0) return;
  const db = await caller.db();
  const changed = oneOf(
    z.object({ id: z.string() }),
    await db.from('webhooks').update(change).eq('id', webhook.id).select('id').maybeSingle(),
  );
  if (!changed) throw new Problem('not_found', 'There is no such webhook.');
}

/** Purges the secrets, ends what is open, hides the webhook; its history stays until retention takes it. */
export async function deleteWebhook(caller: Caller, webhook: WebhookRow): Promise<void> {
  const db = await caller.functions();
  oneOf(
    z.unknown(),
    await db.rpc('delete_webhook', {
      p_organization_id: caller.organizationId,
      p_webhook_id: webhook.id,
    }),
  );
}

/** How long the old secret stays valid after a rotation when the caller does not say, in hours. */
const DEFAULT_OVERLAP_HOURS = 24;

async function storeSecret(
  caller: Caller,
  webhook: WebhookRow,
  secret: string,
  overlapHours: number,
): Promise<string | null> {
  const db = await caller.functions();
  const until = oneOf(
    z.string(),
    await db.rpc('rotate_webhook_secret', {
      p_organization_id: caller.organizationId,
      p_webhook_id: webhook.id,
      p_secret: engine().seal(secret),
      p_overlap_seconds: Math.round(overlapHours * 3600),
    }),
  );
  return overlapHours > 0 ? until : null;
}

/** Makes a new secret; those before it stay valid for the overlap. Answers it, once, and when the others end. */
export async function rotateSecret(
  caller: Caller,
  webhook: WebhookRow,
  overlapHours: number = DEFAULT_OVERLAP_HOURS,
): Promise<{ secret: string; previousExpiresAt: string | null }> {
  const secret = newSecret(CONTRACTS[webhook.contract], randomBytes);
  return { secret, previousExpiresAt: await storeSecret(caller, webhook, secret, overlapHours) };
}
