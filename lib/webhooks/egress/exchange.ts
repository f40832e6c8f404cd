import type { Dispatcher } from 'undici';
import { BodyKeeper, boundHeaders } from './answer';
import { exchangeError, SendError, seconds } from './errors';
import type { Opening } from './opening';
import { LIMITS, type SendRequest, type SendResult, type Timings } from './types';

/** What an exchange is carried by, once it is its turn. */
export interface Carrier {
  /** The address that the carrier's connection reaches. */
  readonly address: string | null;
  /** The exchange is over; `reusable` when its answer was read to the end. */
  done(exchange: Exchange, reusable: boolean): void;
}

type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2];

function tenths(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * 10) / 10;
}

/**
 * One request and what comes of it; settles exactly once.
 *
 * - The total deadline covers all of it: waiting for a free connection, DNS, TCP, TLS, headers and body; the answer's
 *   begins when the request goes out. An answer that is not complete by either is a `timeout`, whatever its status: a receiver that never finishes is not trusted to have
 *   taken the event. Only where all that we keep of the body has come is it an answer.
 * - A connection that breaks after the status and headers came is an answer with that status; its body is what came.
 *   The same holds when we give up ourselves: what is known is not thrown away.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  /** Set while a connection is made for this exchange. */
  opening: Opening | null = null;
  carrier: Carrier | null = null;
  settled = false;
  #firstByteAt = 0;
  #status = 0;
  #headers: Headers = {};
  readonly #body = new BodyKeeper();
  readonly #startedAt = performance.now();
  #deadline: NodeJS.Timeout;
  #limitMs: number;

  constructor(
    readonly request: SendRequest,
    readonly host: string,
    readonly onSettled: (result: SendResult, exchange: Exchange) => void,
  ) {
    this.#limitMs = request.timeouts.totalMs;
    this.#deadline = setTimeout(() => this.#onDeadline(), this.#limitMs);
  }

  onRequestStart(): void {
    const { answerMs = Number.POSITIVE_INFINITY, totalMs } = this.request.timeouts;
    const leftMs = totalMs - (performance.now() - this.#startedAt);
    if (this.settled || answerMs >= leftMs) return;
    this.#limitMs = answerMs;
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.#onDeadline(), answerMs);
  }

  onResponseStarted(): void {
    if (this.#firstByteAt === 0) this.#firstByteAt = performance.now();
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Headers): void {
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.settled) return;
    this.#body.add(chunk);
    if (!this.#body.isOverLimit) return;
    const limit = LIMITS.bodyBytes + LIMITS.drainBytes;
    const announced = Number(this.#headers['content-length']);
    if (announced > limit || this.#body.received > limit) this.#answer(true, false);
  }

  onResponseEnd(): void {
    this.#answer(this.#body.isOverLimit, true);
  }

  onResponseError(_: Dispatcher.DispatchController | undefined, error: Error): void {
    if (this.#status > 0) this.#answer(true, false);
    else this.fail(exchangeError(this.host, error));
  }

  /** Gives up, because the caller or the egress wants to. */
  abort(): void {
    if (this.#status > 0) this.#answer(true, false);
    else
      this.fail(new SendError('aborted', `The request to ${this.host} was given up before an answer came.`));
  }

  fail({ errorClass, message }: SendError): void {
    this.#settle({ kind: 'unanswered', errorClass, message, ...this.#facts() }, false);
  }

  #onDeadline(): void {
    if (this.#status > 0 && this.#body.isOverLimit) this.#answer(true, false);
    else this.fail(this.#deadlineError());
  }

  #deadlineError(): SendError {
    const totalMs = this.#limitMs;
    if (this.#status > 0) {
      const answer = `${this.host} began to answer (${this.#status})`;
      return new SendError('timeout', `${answer} but did not finish within ${seconds(totalMs)}.`);
    }
    if (this.carrier === null) {
      const busy = `All connections to ${this.host} were busy`;
      return new SendError('timeout_connect', `${busy} with slow answers for ${seconds(totalMs)}.`);
    }
    if (this.opening !== null && this.opening.connectMs === null) return this.opening.timeoutError(totalMs);
    return new SendError('timeout', `${this.host} did not answer within ${seconds(totalMs)}.`);
  }

  #answer(bodyTruncated: boolean, reusable: boolean): void {
    if (this.settled) return;
    const headers = boundHeaders(this.#headers);
    const body = this.#body.text();
    this.#settle(
      { kind: 'answered', status: this.#status, headers, body, bodyTruncated, ...this.#facts() },
      reusable,
    );
  }

  #facts(): { durationMs: number; address: string | null; timings: Timings } {
    const { opening } = this;
    return {
      durationMs: Math.ceil(performance.now() - this.#startedAt),
      address: opening?.address ?? this.carrier?.address ?? null,
      timings: {
        dnsMs: tenths(opening?.dnsMs ?? null),
        connectMs: tenths(opening?.connectMs ?? null),
        firstByteMs: this.#firstByteAt === 0 ? null : tenths(this.#firstByteAt - this.#startedAt),
      },
    };
  }

  #settle(result: SendResult, reusable: boolean): void {
    if (this.settled) return;
    this.settled = true;
    clearTimeout(this.#deadline);
    this.carrier?.done(this, reusable);
    this.onSettled(result, this);
  }
}
