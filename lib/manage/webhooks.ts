/** Reads webhooks as far as the caller may see them. */
import 'server-only';
import { z } from 'zod';
import type { Caller } from '@/lib/accounts/caller';
import type { ContractName } from '@/lib/contracts/contract';
import type { Client } from '@/lib/supabase/client';
import { Problem } from '@/lib/webhooks/errors';
import { oneOf, rowsOf } from './answer';
import { NO_TOTALS, type Totals, totalsRow, WEBHOOK_COLUMNS, type WebhookRow, webhookRow } from './rows';

const TOTALS_COLUMNS = 'webhook_id, success, failed, error, attempts, duration_ms, last_delivery_at';

export interface WebhookView {
  webhook: WebhookRow;
  totals: Totals;
  /** Deliveries kept while it is off, and deliveries still to be sent; each counted up to 10,000. */
  held: number;
  open: number;
}

/** A query for the webhooks that the caller may see, of one contract where a family shows only its own. */
function visible(db: Client, caller: Caller, contract?: ContractName) {
  let query = db.from('webhooks').select(WEBHOOK_COLUMNS).is('deleted_at', null);
  if (contract) query = query.eq('contract', contract);
  // A webhook of one user is for that user and the owners: row level security says the same to a signed-in user.
  if (caller.role !== 'owner')
    query = query.or(caller.userId ? `user_id.is.null,user_id.eq.${caller.userId}` : 'user_id.is.null');
  return query;
}

/** Adds figures to webhooks: two queries, however many there are. */
async function withFigures(caller: Caller, webhooks: WebhookRow[]): Promise<WebhookView[]> {
  if (webhooks.length === 0) return [];
  const db = await caller.db();
  const ids = webhooks.map(({ id }) => id);
  const [totals, counts] = await Promise.all([
    db.from('webhook_totals').select(TOTALS_COLUMNS).in('webhook_id', ids),
    db.rpc('webhook_counts', { p_organization_id: caller.organizationId, p_webhook_ids: ids }),
  ]);
  const totalsById = new Map(rowsOf(totalsRow, totals).map((row) => [row.webhook_id, row]));
  const countRow = z.object({ webhook_id: z.string(), held: z.number(), open: z.number() });
  const countsById = new Map(rowsOf(countRow, counts).map((row) => [row.webhook_id, row]));
  return webhooks.map((webhook) => ({
    webhook,
    totals: totalsById.get(webhook.id) ?? NO_TOTALS,
    held: countsById.get(webhook.id)?.held ?? 0,
    open: countsById.get(webhook.id)?.open ?? 0,
  }));
}

export interface ListOptions {
  /** Only this contract's; a family other than bpoc's shows only its own. */
  contract?: ContractName;
  isActive?: boolean;
  offset?: number;
  limit?: number;
}

/** The caller's webhooks, newest first. */
export async function listWebhooks(caller: Caller, options: ListOptions = {}): Promise<WebhookView[]> {
  let query = visible(await caller.db(), caller, options.contract);
  if (options.isActive !== undefined) query = query.eq('is_active', options.isActive);
  const offset = options.offset ?? 0;
  query = query
    .order('created_at', { ascending: false })
    .order('id')
    .range(offset, offset + (options.limit ?? 500) - 1);
  return withFigures(caller, rowsOf(webhookRow, await query));
}

/** A webhook that the caller may see. Throws a Problem (not_found). */
export async function findWebhook(caller: Caller, id: string, contract?: ContractName): Promise<WebhookRow> {
  const row = oneOf(
    webhookRow,
    await visible(await caller.db(), caller, contract)
      .eq('id', id)
      .maybeSingle(),
  );
  if (!row) throw new Problem('not_found', 'There is no such webhook.');
  return row;
}

/** The same with its figures. */
export async function getWebhook(caller: Caller, id: string, contract?: ContractName): Promise<WebhookView> {
  const [view] = await withFigures(caller, [await findWebhook(caller, id, contract)]);
  if (!view) throw new Problem('not_found', 'There is no such webhook.');
  return view;
}

/** The caller's own webhook of a contract whose webhooks belong to users; null when there is none. */
export async function findOwnWebhook(caller: Caller, contract: ContractName): Promise<WebhookRow | null> {
  if (!caller.userId) return null;
  const query = visible(await caller.db(), caller, contract).eq('user_id', caller.userId);
  return oneOf(webhookRow, await query.maybeSingle());
}

/** The same where there must be one. Throws a Problem (not_found). */
export async function getOwnWebhook(caller: Caller, contract: ContractName): Promise<WebhookRow> {
  const row = await findOwnWebhook(caller, contract);
  if (!row) throw new Problem('not_found', 'No webhook is configured yet.');
  return row;
}
