import { describe, expect, it } from 'vitest';
import { errorHeading } from './error-class';
import { eventInWords, subscriptionSummary } from './event-words';
import { histogram } from './histogram';
import { headerLines, pretty } from './pretty';
import { verifySnippets } from './verify-snippets';
import { countOf, disabledInWords, health, percent } from './webhook-view';

describe('event names', () => {
  it.each([
    ['application.status_changed', 'Application status changed'],
    ['ats.check_failed', 'ATS check failed'],
    ['video.*', 'All video events'],
    ['*', 'All events'],
    ['interview_completed', 'Interview completed'],
  ])('%s reads %s', (name, words) => {
    expect(eventInWords(name)).toBe(words);
  });

  it('sums up a subscription, wildcards first', () => {
    expect(subscriptionSummary(['a.b', 'c.d', 'e.f', 'offer.*'])).toEqual({
      names: ['All offer events', 'A b', 'C d'],
      more: 1,
    });
    expect(subscriptionSummary(['a.b', '*'])).toEqual({ names: ['All events'], more: 0 });
  });
});

describe('health', () => {
  const used = { is_active: true, last_delivery_at: '2026-01-22T10:30:00.000Z' };
  const statistics = { total: 100, success: 99, failed: 1, success_rate: 99 };
  it.each([
    [99, 'ok'],
    [98.99, 'warn'],
    [89.9, 'bad'],
  ])('at %d per cent is %s', (success_rate, tone) => {
    expect(health({ ...used, statistics: { ...statistics, success_rate } }).tone).toBe(tone);
  });

  it('has none while off or before the first delivery', () => {
    expect(health({ ...used, is_active: false, statistics }).label).toBe('Off');
    const fresh = { total: 0, success: 0, failed: 0, success_rate: 0 };
    expect(health({ is_active: true, last_delivery_at: null, statistics: fresh })).toEqual({
      tone: 'plain',
      label: 'No deliveries yet',
    });
    expect(health({ ...used, statistics: fresh })).toEqual({ tone: 'warn', label: 'Nothing delivered yet' });
  });

  it.each([
    [100, '100%'],
    [99.99, '99.9%'],
    [0.01, '0.1%'],
    [0, '0%'],
  ])('%d reads %s: never rounded to perfect, or to nothing', (rate, words) => {
    expect(percent(rate)).toBe(words);
  });
});

it('says why a webhook went off by itself', () => {
  expect(disabledInWords({ is_active: false, disabled_reason: 'gone' })).toContain('410');
  expect(disabledInWords({ is_active: false, disabled_reason: null })).toBeNull();
  expect(disabledInWords({ is_active: true, disabled_reason: 'gone' })).toBeNull();
});

it('counts in words', () => {
  expect([countOf(1, 'event'), countOf(0, 'event'), countOf(1200, 'delivery', 'deliveries')]).toEqual([
    '1 event',
    '0 events',
    '1,200 deliveries',
  ]);
});

it('has a heading for an unknown error too', () => {
  expect([errorHeading('dns'), errorHeading('brand_new'), errorHeading(null)]).toEqual([
    'Name not found',
    'No answer',
    'No answer',
  ]);
});

it('prints JSON readably, and anything else as it came', () => {
  expect(pretty('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(pretty('<h1>no</h1>')).toBe('<h1>no</h1>');
  expect(headerLines({ b: ['1', '2'], a: 'x' })).toBe('a: x\nb: 1\nb: 2');
});

describe('histogram', () => {
  const now = Date.parse('2026-11-23T10:30:00Z');
  const hour = (at: string, success: number, failed = 0, error = 0) => ({
    hour: at,
    success,
    failed,
    error,
    attempts: success + failed + error,
  });

  it('ends with the present hour, without gaps, and counts no answer as failed', () => {
    const bars = histogram(
      [
        hour('2026-11-23T10:00:00Z', 3, 1, 1),
        hour('2026-11-23T05:00:00Z', 2),
        hour('2026-11-23T04:00:00Z', 7),
      ],
      now,
      1,
      6,
    );
    expect(bars).toHaveLength(4);
    expect(bars.at(-1)).toEqual({
      from: Date.parse('2026-11-23T05:00:00Z'),
      success: 5,
      failed: 2,
      total: 7,
    });
    expect(bars.at(-2)?.total).toBe(7);
    expect(bars[0]?.total).toBe(0);
  });

  it('leaves out what is older', () => {
    expect(histogram([hour('2026-11-20T10:00:00Z', 9)], now, 1, 6).every((bar) => bar.total === 0)).toBe(
      true,
    );
  });
});

it('tells the libraries which form the secret has, and never shows it', () => {
  const standard = verifySnippets('whsec_abc');
  const raw = verifySnippets('wsk_live_abc');
  expect(standard.node).not.toContain("format: 'raw'");
  expect(raw.node).toContain("{ format: 'raw' }");
  expect(raw.python).toContain('.encode()');
  for (const text of [standard.node, standard.python, raw.node, raw.python])
    expect(text).not.toContain('abc');
});
