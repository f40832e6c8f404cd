/** One attempt: render, sign, send, judge. Never throws: whatever happens becomes an outcome. */
import { CONTRACTS } from '@/lib/contracts';
import type { Egress, SendResult } from './egress';
import { contractHeaders, type RenderableEvent, renderBody } from './render';
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

const events = new WeakMap<LeasedDelivery['event'], RenderableEvent>();

/** An event as it is rendered; read once for all the deliveries that carry it. */
function readEvent(event: LeasedDelivery['event']): RenderableEvent {
  const known = events.get(event) ?? { ...event, data: JSON.parse(event.data ?? 'null') };
  events.set(event, known);
  return known;
}

/** What one attempt sends; throws when the secret cannot be opened or the event cannot be rendered. */
function prepare({ target, event, ...delivery }: LeasedDelivery, attemptedAt: Date, options: DeliverOptions) {
  const contract = CONTRACTS[target.contract];
  const rendered = {
    event: readEvent(event),
    deliveryId: delivery.id,
    webhookId: delivery.webhookId,
  };
  const body = delivery.body ?? renderBody(contract, rendered);
  // Made bytes once: what is signed is what is sent.
  const bytes = Buffer.from(body);
  const secrets = target.secrets.map(options.unseal);
  const headers = {
    ...contractHeaders(contract, { ...rendered, attemptedAt }),
    ...signedHeaders(contract, { body: bytes, deliveryId: delivery.id, attemptedAt, secrets }),
  };
  return { body, bytes, headers };
}

/** Nothing was sent, by our own fault: it counts as an attempt, so that it ends, and a person sees why. */
function notPrepared(error: unknown): SendResult {
  const why = error instanceof Error ? error.message : String(error);
  return {
    kind: 'unanswered',
    errorClass: 'other',
    message: `Nothing was sent: the delivery could not be prepared (${why}).`,
    durationMs: 0,
    address: null,
    timings: { dnsMs: null, connectMs: null, firstByteMs: null },
  };
}

/** Sends one leased delivery and answers its outcome. `signal` ends it early, as an unanswered attempt. */
export async function deliver(
  delivery: LeasedDelivery,
  options: DeliverOptions,
  signal?: AbortSignal,
): Promise<Outcome> {
  const { target } = delivery;
  const contract = CONTRACTS[target.contract];
  const attemptedAt = options.clock.now();

  let prepared: ReturnType<typeof prepare> | null = null;
  let result: SendResult;
  try {
    prepared = prepare(delivery, attemptedAt, options);
    result = await options.egress.send({
      url: target.url,
      method: 'POST',
      headers: { ...target.headers, ...prepared.headers },
      body: prepared.bytes,
      timeouts: contract.timeouts,
      signal,
    });
  } catch (error) {
    result = notPrepared(error);
  }

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
    ...(delivery.body === null && prepared && { body: prepared.body }),
    started_at: attemptedAt.toISOString(),
    duration_ms: Math.round(result.durationMs),
    url: target.url,
    status_code: answer?.status ?? null,
    error_class: result.kind === 'unanswered' ? result.errorClass : null,
    error: result.kind === 'unanswered' ? result.message : null,
    address: result.address,
    request_headers: {
      ...Object.fromEntries(Object.keys(target.headers).map((name) => [name, HIDDEN])),
      ...prepared?.headers,
    },
    response_headers: answer?.headers ?? null,
    response_body: answer?.body ?? null,
    response_truncated: answer?.bodyTruncated ?? false,
  };
}
