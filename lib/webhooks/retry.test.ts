import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { allContracts, CONTRACTS } from '@/lib/contracts';
import type { Contract } from '@/lib/contracts/contract';
import { type FinishedAttempt, leaseMs, nextStep } from './retry';

const NOW = new Date('2026-01-22T10:30:00Z');
const DAY_MS = 86_400_000;

const step = (contract: Contract, over: Partial<FinishedAttempt> = {}) =>
  nextStep({
    contract,
    attempt: 1,
    isTest: false,
    outcome: { status: 500 },
    now: NOW,
    random: () => 0.5,
    ...over,
  });

const s = (seconds: number) => seconds * 1000;

/** What the guides promise, written down apart from the contracts. */
const SCHEDULES = {
  bpoc: [s(60), s(300), s(1800)],
  'smart-hiring': [s(120), s(240), s(480)],
  roleready: [s(1), s(5), s(15)],
  skillora: [s(60), s(300), s(1800)],
  'hr-intelligence': [s(1), s(2)],
  standard: [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400].map(s),
};

describe.each(allContracts)('$name', (contract) => {
  const schedule = SCHEDULES[contract.name];

  test('keeps its schedule, then ends failed', () => {
    schedule.forEach((delayMs, index) => {
      expect(step(contract, { attempt: index + 1 })).toEqual({ status: 'retrying', delayMs });
    });
    const exhausted = { status: 'failed', reason: 'exhausted', switchOff: false };
    expect(step(contract, { attempt: schedule.length + 1 })).toEqual(exhausted);
    expect(step(contract, { attempt: schedule.length + 7 })).toEqual(exhausted);
  });

  test('jitter stays within its share on both sides, and reaches it', () => {
    const [wait = 0] = schedule;
    const share = contract.name === 'smart-hiring' || contract.name === 'standard' ? 0.1 : 0;
    expect(step(contract, { random: () => 0 })).toMatchObject({ delayMs: Math.round(wait * (1 - share)) });
    expect(step(contract, { random: () => 1 - 2 ** -53 })).toMatchObject({
      delayMs: Math.round(wait * (1 + share)),
    });
  });

  test('200 to 299 is a success, whichever attempt, test or not', () => {
    for (const status of [200, 204, 299]) {
      for (const isTest of [true, false]) {
        expect(step(contract, { attempt: 99, isTest, outcome: { status } })).toEqual({ status: 'success' });
      }
    }
  });

  test('410 ends it and switches the webhook off', () => {
    expect(step(contract, { outcome: { status: 410 } })).toEqual({
      status: 'failed',
      reason: 'gone',
      switchOff: true,
    });
  });

  test('a test is attempted once, and switches nothing off', () => {
    for (const status of [500, 410, 429, null]) {
      expect(step(contract, { isTest: true, outcome: { status } })).toEqual({
        status: 'failed',
        reason: 'test',
        switchOff: false,
      });
    }
  });

  test('the lease outlives the longest attempt', () => {
    expect(leaseMs(contract)).toBeGreaterThan(contract.timeouts.totalMs);
    expect(contract.timeouts.totalMs).toBeGreaterThanOrEqual(contract.timeouts.answerMs);
  });
});

test('only HR Intelligence gives up on 3xx and 4xx', () => {
  for (const contract of allContracts) {
    for (const status of [300, 302, 304, 400, 401, 404, 408, 422, 429, 499]) {
      const expected = contract.name === 'hr-intelligence' ? 'failed' : 'retrying';
      expect(step(contract, { outcome: { status } }).status).toBe(expected);
    }
    for (const status of [101, 500, 503, 599, 600, null]) {
      expect(step(contract, { outcome: { status } }).status).toBe('retrying');
    }
  }
});

describe('Retry-After', () => {
  const delayOf = (retryAfter: string | null, status = 503, contract: Contract = CONTRACTS.bpoc) => {
    const next = step(contract, { outcome: { status, retryAfter } });
    return next.status === 'retrying' ? next.delayMs : next;
  };

  test.each([
    ['120', s(120)],
    [' 120 ', s(120)],
    ['Thu, 22 Jan 2026 10:35:00 GMT', s(300)],
    ['Thursday, 22-Jan-26 10:35:00 GMT', s(300)],
    ['Thu Jan 22 10:35:00 2026', s(300)],
    ['86400', DAY_MS],
    ['86401', DAY_MS],
    ['99999999999999999999999', DAY_MS],
    ['Fri, 22 Jan 2027 10:30:00 GMT', DAY_MS],
  ])('%s lengthens the wait to %d ms', (header, delayMs) => {
    expect(delayOf(header)).toBe(delayMs);
    expect(delayOf(header, 429)).toBe(delayMs);
  });

  afterEach(() => vi.unstubAllEnvs());

  test('a date without a zone is UTC wherever the server stands', () => {
    vi.stubEnv('TZ', 'Asia/Manila');
    expect(NOW.getTimezoneOffset()).toBe(-480);
    expect(delayOf('Thu Jan 22 10:35:00 2026')).toBe(s(300));
  });

  test.each([
    '0',
    '30',
    '-5',
    '1.5',
    '1e9',
    '',
    'soon',
    '20 27',
    'Thu, 22 Jan 2026 10:29:00 GMT',
    'Thu, 99 Foo 2026 10:35:00 GMT',
    null,
  ])('%j neither shortens nor lengthens it', (header) => {
    expect(delayOf(header)).toBe(s(60));
  });

  test('other answers have no say', () => {
    expect(delayOf('3600', 500)).toBe(s(60));
    expect(delayOf('3600', 429, CONTRACTS['hr-intelligence'])).toMatchObject({ reason: 'final_status' });
  });

  test('does not cut a longer wait of the schedule to 24 hours', () => {
    const last = { attempt: 9, outcome: { status: 503, retryAfter: '999999' }, random: () => 0.999 };
    expect(step(CONTRACTS.standard, last)).toMatchObject({ delayMs: Math.round(DAY_MS * 1.0998) });
  });

  test('whatever a receiver sends, the wait is a whole number of ms between the schedule and a day', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer().map(String), fc.date().map(String)), (header) => {
        const delayMs = delayOf(header);
        expect(Number.isInteger(delayMs)).toBe(true);
        expect(delayMs).toBeGreaterThanOrEqual(s(60));
        expect(delayMs).toBeLessThanOrEqual(DAY_MS);
      }),
    );
  });
});
