import { describe, expect, it } from 'vitest';
import { attemptOutcome, durationInWords, nextAttemptInWords, statusMeaning, waitInWords } from './outcome';

describe('attemptOutcome', () => {
  it('says what an answer means', () => {
    expect(attemptOutcome({ status_code: 204, error: null })).toEqual({
      tone: 'ok',
      sentence: 'Your server accepted it (204).',
    });
    expect(attemptOutcome({ status_code: 500, error: 'Internal Server Error' })).toEqual({
      tone: 'bad',
      sentence: 'Your server answered 500 (an error on its side).',
    });
  });

  it('passes on why there was no answer, as a sentence', () => {
    expect(attemptOutcome({ status_code: null, error: 'the name x.example does not exist' }).sentence).toBe(
      'The name x.example does not exist.',
    );
    expect(attemptOutcome({ status_code: null, error: 'It broke off.' }).sentence).toBe('It broke off.');
    expect(attemptOutcome({ status_code: null, error: null }).sentence).toBe('Your server did not answer.');
  });
});

describe('statusMeaning', () => {
  it.each([
    [301, 'it points to another address, which we do not follow'],
    [404, 'there is nothing at this address'],
    [418, 'it refused the request'],
    [503, 'it is not available right now'],
    [599, 'an error on its side'],
    [199, 'an unusual answer'],
  ])('%i: %s', (code, meaning) => {
    expect(statusMeaning(code)).toBe(meaning);
  });
});

describe('waits', () => {
  it.each([
    [-5, '0 s'],
    [1, '1 s'],
    [59_000, '59 s'],
    [60_000, '1 min'],
    [89_000, '1 min'],
    [240_000, '4 min'],
    [3_599_000, '1 h'],
    [3_600_000, '1 h'],
    [7_800_000, '2 h 10 min'],
    [86_400_000, '1 day'],
    [172_800_000, '2 days'],
  ])('%i ms is %s', (ms, words) => {
    expect(waitInWords(ms)).toBe(words);
  });

  it('tells the next attempt from the present', () => {
    const now = Date.parse('2026-11-23T10:00:00Z');
    expect(nextAttemptInWords('2026-11-23T10:04:00Z', now)).toBe('We try again in 4 min.');
    expect(nextAttemptInWords('2026-11-23T09:59:59Z', now)).toBe('We try again any moment now.');
    expect(nextAttemptInWords(null, now)).toBeNull();
  });
});

it.each([
  [84.4, '84 ms'],
  [999, '999 ms'],
  [1000, '1.0 s'],
  [10_049, '10.0 s'],
])('durationInWords(%d) is %s', (ms, words) => {
  expect(durationInWords(ms)).toBe(words);
});
