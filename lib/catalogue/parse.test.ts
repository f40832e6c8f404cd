import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identifiers } from './identifiers';
import { CATALOGUE } from './index';
import { parseEventData } from './parse';

const mock = (over: object) =>
  parseEventData('mock_interview.completed', { id: 'm', user: { id: 'u' }, ...over });

const issuesOf = (parsed: ReturnType<typeof parseEventData>) => (parsed.ok ? [] : parsed.issues);

describe('an unknown type', () => {
  test.each([
    ['aplication.created', 'application.created'],
    ['interview_completed', 'interview.completed'],
    ['Offer.Accepted', 'offer.accepted'],
    ['video.recording', 'video.recording.ready'],
  ])('%s: suggests %s, and lists all', (given, meant) => {
    const [issue] = issuesOf(parseEventData(given, {}));
    expect(issue?.path).toBe('type');
    expect(issue?.message).toMatch(new RegExp(`Did you mean .*${meant}`));
    expect(issue?.message).toContain('feedback.received');
  });

  test('that resembles nothing gets the list alone', () => {
    for (const type of ['', 'zzzzzzzzzzzzzzzz', 'x'.repeat(10_000), '__proto__', 'toString', 'test']) {
      const [issue] = issuesOf(parseEventData(type, {}));
      expect(issue?.message).toContain('The types are application.created, ');
      expect(issue?.message.length).toBeLessThan(1200);
    }
  });
});

describe('refuses, with the place and the reason', () => {
  test.each<[string, object, string, string]>([
    ['a wrong type', { score: '85' }, 'score', 'must be a number'],
    ['a number that JSON cannot say', { score: Infinity }, 'score', 'must be a finite number'],
    ['an empty id', { id: '' }, 'id', 'must not be empty'],
    ['a long id', { id: 'x'.repeat(201) }, 'id', 'must be at most 200 characters long'],
    ['null where a value is required', { user: null }, 'user', 'must be an object'],
    [
      'an unknown field inside',
      { user: { id: 'u', first_name: 'Z' } },
      'user.first_name',
      'is not a field of this event',
    ],
    ['a wrong item', { weakAreas: ['a', 1] }, 'weakAreas[1]', 'must be a string'],
    ['a record that is a list', { resume: [] }, 'resume', 'must be an object'],
    ['U+0000', { topic: 'a\u0000' }, 'topic', 'must not contain the character U+0000'],
    [
      'U+0000 deep inside',
      { resume: { a: [{ b: '\u0000' }] } },
      'resume.a[0].b',
      'must not contain the character U+0000',
    ],
    [
      'U+0000 in a key',
      { resume: { 'a\u0000': 1 } },
      'resume."a\\u0000"',
      'must not contain the character U+0000',
    ],
    [
      'a lone surrogate in a key',
      { resume: { '\udc00': 1 } },
      'resume."\\udc00"',
      'must not contain half of a surrogate pair: it is not valid Unicode',
    ],
    [
      'a name that is no property',
      { resume: JSON.parse('{"__proto__":{}}') },
      'resume."__proto__"',
      'is not allowed as a name',
    ],
    ['a Date', { startedAt: new Date(0) }, 'startedAt', 'must be a JSON value'],
    ['an infinite number in a record', { resume: { a: -Infinity } }, 'resume.a', 'must be a finite number'],
  ])('%s', (_, over, path, message) => {
    expect(issuesOf(mock(over))).toEqual([{ path, message }]);
  });

  test('lone surrogates in text', () => {
    for (const topic of ['\ud83d', 'a\ude00b', '\ude00\ud83d']) expect(mock({ topic }).ok).toBe(false);
    expect(mock({ topic: '😀' }).ok).toBe(true);
  });

  test('data that is no object', () => {
    for (const data of [undefined, null, 'text', 1, [], [{}]]) {
      expect(parseEventData('offer.sent', data).ok).toBe(false);
    }
  });

  test('nesting too deep, without overflowing the stack', () => {
    const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));
    expect(mock({ resume: { a: nested(60) } }).ok).toBe(true);
    expect(issuesOf(mock({ resume: { a: nested(100_000) } }))[0]?.message).toContain('nested deeper');
    const endless: Record<string, unknown> = {};
    endless.self = endless;
    expect(mock({ resume: endless }).ok).toBe(false);
  });
});

describe('times', () => {
  const startedAt = (value: string) => mock({ startedAt: value });

  test.each(['2026-01-22T10:30:00Z', '2026-01-22T10:30:00.123456Z', '2026-01-22T10:30:00+08:00'])(
    '%s is passed on as it came',
    (value) => {
      expect(startedAt(value)).toMatchObject({ ok: true, data: { startedAt: value } });
    },
  );

  test.each(['2026-01-22', '2026-01-22T10:30:00', '2026-02-30T10:30:00Z', 'yesterday', '', '1769078461'])(
    '%j is refused',
    (value) => {
      expect(issuesOf(startedAt(value))).toEqual([
        { path: 'startedAt', message: expect.stringContaining('ISO 8601') },
      ]);
    },
  );

  test('a start date is a day or a moment', () => {
    const { sample } = CATALOGUE['placement.created'];
    for (const startDate of ['2026-03-02', '2026-03-02T08:00:00+01:00']) {
      expect(parseEventData('placement.created', { ...sample, startDate }).ok).toBe(true);
    }
    expect(issuesOf(parseEventData('placement.created', { ...sample, startDate: '2 March' }))).toEqual([
      { path: 'startDate', message: expect.stringContaining('ISO 8601 date') },
    ]);
  });
});

test('a property that is undefined counts as absent', () => {
  const parsed = mock({ topic: undefined, resume: { a: undefined } });
  expect(JSON.stringify(parsed)).toBe('{"ok":true,"data":{"id":"m","user":{"id":"u"},"resume":{}}}');
});

test('names several faults at once', () => {
  const parsed = parseEventData('offer.sent', { offerId: 1, candidateId: '', extra: 1, more: 2 });
  expect(issuesOf(parsed).map(({ path }) => path)).toEqual([
    'offerId',
    'applicationId',
    'candidateId',
    'extra',
    'more',
  ]);
});

test('never throws, whatever it is given', () => {
  fc.assert(
    fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true }), (data) => {
      expect(typeof parseEventData('mock_interview.completed', data).ok).toBe('boolean');
      expect(typeof mock({ resume: data }).ok).toBe('boolean');
    }),
  );
});

test('identifiers are those that the schema has, and nothing from free-form records', () => {
  expect(identifiers('application.created', CATALOGUE['application.created'].sample)).toEqual({
    candidateId: 'cand_58ZRD',
    applicationId: 'app_7Q2M4T',
    jobId: 'job_31KX9',
  });
  expect(identifiers('interview.completed', { interviewId: 'i', candidateId: 'c', jobId: null })).toEqual({
    candidateId: 'c',
    applicationId: null,
    jobId: null,
  });
  const nobody = { candidateId: null, applicationId: null, jobId: null };
  expect(identifiers('mock_interview.completed', { candidateId: 'c' })).toEqual(nobody);
  expect(identifiers('no.such.type', { candidateId: 'c' })).toEqual(nobody);
});
