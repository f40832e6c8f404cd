import type { Contract } from '@/lib/contracts/contract';
import { DAY, SECOND } from '@/lib/contracts/parts';
import { retryAfterMs } from '@/lib/contracts/retry-after';

const LONGEST_RETRY_AFTER_MS = DAY;

/** How long recording an outcome may take before somebody else may send the delivery again. */
const LEASE_MARGIN_MS = 30 * SECOND;

const GONE = 410;
const MAY_SAY_WHEN: readonly number[] = [429, 503];

export interface FinishedAttempt {
  readonly contract: Contract;
  /** 1 for the first attempt of the delivery. */
  readonly attempt: number;
  readonly isTest: boolean;
  readonly outcome: {
    /** Null when there was no answer: network, DNS, TLS, timeout. */
    readonly status: number | null;
    readonly retryAfter?: string | null;
  };
  readonly now: Date;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

export type NextStep =
  | { readonly status: 'success' }
  | { readonly status: 'retrying'; readonly delayMs: number }
  | {
      readonly status: 'failed';
      readonly reason: 'exhausted' | 'final_status' | 'gone' | 'test';
      /** Whether the receiver said that it is gone, so that its webhook is to be switched off. */
      readonly switchOff: boolean;
    };

/** Whether a status says that the receiver took the delivery: 200 to 299. */
function isSuccess(status: number | null): boolean {
  return status !== null && status >= 200 && status <= 299;
}

function isFinal(contract: Contract, status: number | null): boolean {
  return status !== null && contract.retry.finalStatuses.some(([from, to]) => status >= from && status <= to);
}

/**
 * What becomes of a delivery after an attempt. Waits come from the contract's schedule, with its
 * jitter; `Retry-After` on 429 and 503 can lengthen one, up to 24 hours, never shorten it (RFC 9110,
 * 10.2.3). 410 Gone ends a delivery whatever the schedule; a test is attempted once.
 */
export function nextStep({ contract, attempt, isTest, outcome, now, random }: FinishedAttempt): NextStep {
  const { status, retryAfter } = outcome;
  if (isSuccess(status)) return { status: 'success' };
  if (isTest) return { status: 'failed', reason: 'test', switchOff: false };
  if (status === GONE) return { status: 'failed', reason: 'gone', switchOff: true };
  if (isFinal(contract, status)) return { status: 'failed', reason: 'final_status', switchOff: false };
  const { delaysMs, jitter } = contract.retry;
  const wait = delaysMs[attempt - 1];
  if (wait === undefined) return { status: 'failed', reason: 'exhausted', switchOff: false };
  const jittered = Math.round(wait * (1 + jitter * (2 * random() - 1)));
  const maySayWhen = status !== null && MAY_SAY_WHEN.includes(status);
  const asked = maySayWhen ? retryAfterMs(retryAfter ?? '', now) : 0;
  return { status: 'retrying', delayMs: Math.max(jittered, Math.min(asked, LONGEST_RETRY_AFTER_MS)) };
}

/** How long a delivery belongs to the worker that sends it, in ms: the longest attempt and a margin. */
export function leaseMs(contract: Contract): number {
  return contract.timeouts.totalMs + LEASE_MARGIN_MS;
}
