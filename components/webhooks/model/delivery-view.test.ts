import { describe, expect, it } from 'vitest';
import { DELIVERY_STATUSES } from '@/lib/shapes/recruiter';
import { deliveryView } from './delivery-view';
import { isOpen, statusViews } from './status';

const now = Date.parse('2026-11-23T10:00:00Z');
const delivered = {
  status: 'success' as const,
  attempts: 1,
  next_attempt_at: null,
  response_code: 200,
  error: null,
  reason: null,
};

describe('deliveryView', () => {
  it('says what happened and what comes next', () => {
    const view = deliveryView(
      {
        ...delivered,
        status: 'retrying',
        attempts: 2,
        response_code: 500,
        next_attempt_at: '2026-11-23T10:04:00Z',
      },
      now,
    );
    expect(view).toEqual({
      label: 'Will retry',
      tone: 'warn',
      sentence: 'Your server answered 500 (an error on its side). We try again in 4 min.',
      canResend: true,
    });
  });

  it('says nothing of an answer before the first attempt', () => {
    const view = deliveryView({ ...delivered, status: 'pending', attempts: 0, response_code: null }, now);
    expect(view.sentence).toBe('It is on its way.');
    expect(view.canResend).toBe(false);
  });

  it('does not call a resend that is under way by its last answer', () => {
    const view = deliveryView({ ...delivered, status: 'pending', attempts: 4, response_code: 500 }, now);
    expect(view.sentence).toBe('It is on its way.');
  });

  it('names the endings that the last answer does not explain', () => {
    const ended = { ...delivered, status: 'failed' as const };
    expect(
      deliveryView({ ...ended, attempts: 0, response_code: null, reason: 'webhook_deleted' }, now).sentence,
    ).toBe('Its webhook was deleted before it could be sent.');
    expect(deliveryView({ ...ended, response_code: 410, reason: 'gone' }, now).sentence).toContain(
      'switched off',
    );
    expect(deliveryView({ ...ended, response_code: 404, reason: 'exhausted' }, now).sentence).toBe(
      'Your server answered 404 (there is nothing at this address).',
    );
  });

  it('keeps a held delivery apart from a failed one', () => {
    const view = deliveryView({ ...delivered, status: 'held', attempts: 0, response_code: null }, now);
    expect(view.tone).toBe('held');
    expect(view.sentence).toContain('can still be sent');
  });
});

it('gives each status words and a tone of its own', () => {
  expect(new Set(DELIVERY_STATUSES.map((status) => statusViews[status].label)).size).toBe(
    DELIVERY_STATUSES.length,
  );
  expect(new Set(DELIVERY_STATUSES.map((status) => statusViews[status].tone)).size).toBe(
    DELIVERY_STATUSES.length,
  );
  expect(DELIVERY_STATUSES.filter(isOpen)).toEqual(['pending', 'retrying']);
});
