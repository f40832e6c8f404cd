/** One attempt: render, sign, send, judge. Never throws: whatever happens becomes an outcome. */
import { CONTRACTS } from '@/lib/contracts';
import type { Egress } from './egress';
import { contractHeaders, renderBody } from './render';
import { nextStep } from './retry';
import { signedHeaders } from './sign';
import type { Clock, LeasedDelivery, Outcome } from './types';

export interface DeliverOptions {
  egress: Egress;
  clock: Clock;
  random: () => number;
  /** Opens a sealed secret; throws where it cannot. */
  unseal(secret: string): string;
}

/** What is shown of a header value of the receiver's own. */
const HIDDEN = '[hidden]';

/** Sends one leased delivery and answers its outcome. `signal` ends it early, as an unanswered attempt. */
export async function deliver(
  delivery: LeasedDelivery,
  options: DeliverOptions,
  signal?: AbortSignal,
): Promise<Outcome> {
  const { target, event } = delivery;
  const contract = CONTRACTS[target.contract];
  const attemptedAt = options.clock.now();

  const rendered = {
    event: {
      type: event.type,
      data: JSON.parse(event.data ?? 'null'),
      occurredAt: event.occurredAt,
      userId: event.userId,
    },
    deliveryId: delivery.id,
    webhookId: delivery.webhookId,
  };
  const body = delivery.body ?? renderBody(contract, rendered);
  // Made bytes once: what is signed is what is sent.
  const bytes = Buffer.from(body);
  const ours = {
    ...contractHeaders(contract, { ...rendered, attemptedAt }),
    ...signedHeaders(contract, {
      body: bytes,
      deliveryId: delivery.id,
      attemptedAt,
      secrets: target.secrets.map(options.unseal),
    }),
  };

  const result = await options.egress.send({
    url: target.url,
    method: 'POST',
    headers: { ...target.headers, ...ours },
    body: bytes,
    timeouts: contract.timeouts,
    signal,
  });

  const answer = result.kind === 'answered' ? result : null;
  const step = nextStep({
    contract,
    attempt: delivery.number,
    isTest: delivery.isTest,
    outcome: { status: answer?.status ?? null, retryAfter: answer?.headers['retry-after'] ?? null },
    now: attemptedAt,
    random: options.random,
  });

  return {
    id: delivery.id,
    token: delivery.token,
    number: delivery.number,
    status: step.status,
    ...(step.status === 'retrying' && { retry_ms: Math.round(step.delayMs) }),
    ...(step.status === 'failed' && { reason: step.reason }),
    ...(delivery.body === null && { body }),
    started_at: attemptedAt.toISOString(),
    duration_ms: Math.round(result.durationMs),
    url: target.url,
    status_code: answer?.status ?? null,
    error_class: result.kind === 'unanswered' ? result.errorClass : null,
    error: result.kind === 'unanswered' ? result.message : null,
    address: result.address,
    request_headers: {
      ...Object.fromEntries(Object.keys(target.headers).map((name) => [name, HIDDEN])),
      ...ours,
    },
    response_headers: answer?.headers ?? null,
    response_body: answer?.body ?? null,
    response_truncated: answer?.bodyTruncated ?? false,
  };
}
