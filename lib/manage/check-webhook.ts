/** What a webhook may be: its URL, events, headers and secret, in words where it may not. */
import 'server-only';
import type { Contract } from '@/lib/contracts/contract';
import { checkCustomHeaders } from '@/lib/contracts/custom-headers';
import { checkCustomSecret } from '@/lib/contracts/secret';
import { checkUrl } from '@/lib/webhooks/egress';
import { type Fields, Problem, sentenceOf } from '@/lib/webhooks/errors';
import { checkSubscriptions } from '@/lib/webhooks/match';
import { targetRules } from '@/lib/webhooks/target-rules';

export interface WebhookInput {
  url?: string;
  events?: readonly string[];
  headers?: Readonly<Record<string, string>>;
  secret?: string | null;
}

export interface CheckedWebhook {
  url?: string;
  events?: string[];
  headers?: Record<string, string>;
}

const at = (field: string, path: readonly (string | number)[]) => [field, ...path].join('.');

/**
 * Checks what was given of a webhook and answers it cleaned (repeated events once). Throws a Problem that names every
 * field and what is wrong with it.
 */
export function checkWebhook(contract: Contract, input: WebhookInput): CheckedWebhook {
  const fields: Fields = {};
  const complain = (field: string, message: string) => {
    fields[field] = [...(fields[field] ?? []), message];
  };
  const checked: CheckedWebhook = {};

  if (input.url !== undefined) {
    const verdict = checkUrl(input.url, targetRules());
    if (verdict.ok) checked.url = input.url;
    else complain('url', verdict.reason);
  }
  if (input.events !== undefined) {
    const subscriptions = checkSubscriptions(contract, input.events);
    if (subscriptions.ok) checked.events = [...subscriptions.events];
    else for (const issue of subscriptions.issues) complain(at('events', issue.path), issue.message);
  }
  if (input.headers !== undefined) {
    const headers = checkCustomHeaders(input.headers);
    if (headers.ok) checked.headers = { ...headers.headers };
    else for (const issue of headers.issues) complain(at('headers', issue.path), issue.message);
  }
  if (input.secret != null) {
    const secret = contract.secret.custom
      ? checkCustomSecret(input.secret)
      : { ok: false as const, message: 'This contract makes its secrets itself.' };
    if (!secret.ok) complain('secret', secret.message);
  }
  if (Object.keys(fields).length > 0) throw new Problem('validation_failed', sentenceOf(fields), fields);
  return checked;
}
