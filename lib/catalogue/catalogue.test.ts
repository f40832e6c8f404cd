import { describe, expect, test } from 'vitest';
import { CATALOGUE, EVENT_TYPES, findEvent, isEventType, TEST_EVENT_TYPE } from './index';
import { parseEventData } from './parse';
import { shapeOf } from './shape';

const entries = Object.entries(CATALOGUE);

/** Every event that the five products promise, written down apart from the catalogue. */
const PROMISED = `
  application.created application.status_changed
  interview.scheduled interview.completed mock_interview.completed
  offer.sent offer.accepted offer.rejected
  video.recording.ready video.transcript.completed
  placement.created
  job.created job.updated job.closed candidate.registered quiz.started quiz.completed
  resume.parsed resume.parse_failed ats.check_completed ats.check_failed
  tailoring.completed tailoring.failed operation.cancelled
  query.created query.resolved query.escalated feedback.received
`;

test('has every promised event, and no other', () => {
  expect([...EVENT_TYPES].sort()).toEqual(PROMISED.trim().split(/\s+/).sort());
});

describe.each(entries)('%s', (type, event) => {
  test('has a sample that its schema takes as it is, in its order', () => {
    const parsed = parseEventData(type, event.sample);
    expect(parsed).toEqual({ ok: true, data: event.sample });
    if (parsed.ok) expect(JSON.stringify(parsed.data)).toBe(JSON.stringify(event.sample));
  });

  test('has a description in one sentence', () => {
    expect(event.description).toMatch(/^[A-Z].{10,80}\.$/);
  });

  test('refuses an unknown field by its name', () => {
    const parsed = parseEventData(type, { ...event.sample, surprise: 1 });
    expect(parsed).toEqual({
      ok: false,
      issues: [{ path: 'surprise', message: 'is not a field of this event' }],
    });
  });

  test('says of each required field that is missing that it is required', () => {
    const parsed = parseEventData(type, {});
    const required = Object.entries(event.schema.shape)
      .filter(([, field]) => !field.safeParse(undefined).success)
      .map(([name]) => name);
    expect(required.length).toBeGreaterThan(0);
    expect(parsed.ok ? [] : parsed.issues.map(({ path }) => path)).toEqual(required);
    expect(parsed.ok ? [] : parsed.issues.map(({ message }) => message)).toEqual(
      required.map(() => expect.stringContaining('is required')),
    );
  });

  test('takes null for each optional field', () => {
    const optional = Object.entries(event.schema.shape)
      .filter(([, field]) => field.safeParse(undefined).success)
      .map(([name]) => [name, null]);
    expect(parseEventData(type, { ...event.sample, ...Object.fromEntries(optional) }).ok).toBe(true);
  });

  test('has a shape that can be printed', () => {
    expect(shapeOf(event.schema).kind).toBe('object');
  });
});

test('the test event is not in the catalogue', () => {
  expect(isEventType(TEST_EVENT_TYPE)).toBe(false);
  expect(findEvent(TEST_EVENT_TYPE)).toBeUndefined();
  expect(findEvent('constructor')).toBeUndefined();
});

test('exactly the events about résumés belong to a user', () => {
  for (const [, event] of entries) expect(event.personal).toBe(event.group === 'Résumés');
});

test('only records are free-form: everything else has a shape', () => {
  const shape = shapeOf(CATALOGUE['mock_interview.completed'].schema);
  const kinds = new Map(
    shape.kind === 'object' ? shape.fields.map((field) => [field.name, field.shape]) : [],
  );
  expect(kinds.get('resume')).toEqual({ kind: 'free' });
  expect(kinds.get('keyAreaAssessments')).toEqual({ kind: 'free' });
  expect(kinds.get('learningResources')).toEqual({ kind: 'list', item: { kind: 'free' } });
  expect(kinds.get('user')?.kind).toBe('object');
  expect(kinds.get('startedAt')).toEqual({ kind: 'time' });
  expect(() => shapeOf('not a schema')).toThrow(TypeError);
});
