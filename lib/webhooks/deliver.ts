/** One attempt: render, sign, send, judge. Never throws: whatever happens becomes an outcome. */
import { CONTRACTS } from '@/lib/contracts';
import type { Egress, SendResult } from './egress';
import { contractHeaders, type RenderableEvent, renderParts } from './render';
import { nextStep } from './retry';
import { sentBody } from './sent-body';
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

/** An event as it is rendered: its data is read where a contract prints it otherwise than it is stored, and once. */
class StoredEvent implements RenderableEvent {
  readonly type: string;
  readonly userId: string | null;
  readonly occurredAt: string;
  readonly json: string | null;
  #data: unknown;

  constructor({ type, userId, occurredAt, data }: LeasedDelivery['event']) {
    this.type = type;
    this.userId = userId;
    this.occurredAt = occurredAt;
    this.json = data;
  }

  get data(): unknown {
    this.#data ??= JSON.parse(this.json ?? 'null');
    return this.#data;
  }
}

const events = new WeakMap<LeasedDelivery['event'], StoredEvent>();

/** One for all the deliveries that carry an event. */
function readEvent(event: LeasedDelivery['event']): StoredEvent {
  const known = events.get(event) ?? new StoredEvent(event);
  events.set(event, known);
  return known;
}

/** A target with its secrets open, and the names of its own headers as they are shown. */
interface OpenTarget {
  readonly secrets: readonly string[];
  readonly shown: Readonly<Record<string, string>>;
}

const targets = new WeakMap<LeasedDelivery['target'], OpenTarget>();

/** One for all the deliveries that were leased together; kept no longer than they are. */
function openTarget(target: LeasedDelivery['target'], { unseal }: DeliverOptions): OpenTarget {
  const known = targets.get(target) ?? {
    secrets: target.secrets.map(unseal),
    shown: Object.fromEntries(Object.keys(target.headers).map((name) => [name, HIDDEN])),
  };
  targets.set(target, known);
  return known;
}

/** What one attempt sends; throws when the secret cannot be opened or the event cannot be rendered. */
function prepare(delivery: LeasedDelivery, attemptedAt: Date, options: DeliverOptions) {
  const { target, event, id: deliveryId, webhookId } = delivery;
  const contract = CONTRACTS[target.contract];
  const rendered = { event: readEvent(event), deliveryId, webhookId, attemptedAt };
  const sent = delivery.body ?? sentBody(renderParts(contract, rendered), event.data);
  // Made bytes once: what is signed is what is sent.
  const body = Buffer.from(typeof sent === 'string' ? sent : sent.head + event.data + sent.tail);
  const { secrets, shown } = openTarget(target, options);
  const headers = contractHeaders(contract, rendered);
  Object.assign(headers, signedHeaders(contract, { body, deliveryId, attemptedAt, secrets }));
  const hasOwn = Object.keys(target.headers).length > 0;
  return {
    sent: delivery.body === null ? sent : undefined,
    body,
    headers: hasOwn ? { ...target.headers, ...headers } : headers,
    shownHeaders: hasOwn ? { ...shown, ...headers } : headers,
  };
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
      headers: prepared.headers,
      body: prepared.body,
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
    ...(prepared?.sent !== undefined && { sent: prepared.sent }),
    started_at: attemptedAt.toISOString(),
    duration_ms: Math.round(result.durationMs),
    url: target.url,
    status_code: answer?.status ?? null,
    error_class: result.kind === 'unanswered' ? result.errorClass : null,
    error: result.kind === 'unanswered' ? result.message : null,
    address: result.address,
    request_headers: prepared?.shownHeaders ?? {},
    response_headers: answer?.headers ?? null,
    response_body: answer?.body ?? null,
    response_truncated: answer?.bodyTruncated ?? false,
  };
}
