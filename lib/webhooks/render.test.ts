import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findEvent, TEST_EVENT_TYPE } from '@/lib/catalogue';
import { parseEventData } from '@/lib/catalogue/parse';
import { allContracts, CONTRACTS } from '@/lib/contracts';
import { deliveryVectors } from '@/tests/support/vectors';
import { contractHeaders, renderBody, renderParts } from './render';

const delivery = (type: string, data: unknown, occurredAt: Date | string = '2026-01-22T10:30:00Z') => ({
  event: { type, data, occurredAt },
  deliveryId: 'delivery-1',
  webhookId: 'webhook-1',
});

const parsed = (type: string, data: unknown): Readonly<Record<string, unknown>> => {
  const result = parseEventData(type, data);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.data;
};

/** The same delivery with its event's data at hand as it is stored. */
const stored = <D extends { event: { data: unknown } }>(sent: D) => ({
  ...sent,
  event: { ...sent.event, json: JSON.stringify(sent.event.data) },
});

describe('vectors', () => {
  test('every contract has at least three', () => {
    for (const { name } of allContracts) {
      expect(deliveryVectors.filter(({ contract }) => contract === name).length).toBeGreaterThan(2);
    }
  });

  test.each(deliveryVectors)('$contract: $name', (vector) => {
    const { event } = vector;
    const data = event.type === TEST_EVENT_TYPE ? event.data : parsed(event.type, event.data);
    const contract = CONTRACTS[vector.contract];
    const sent = { ...vector, event: { ...event, data } };
    const body = renderBody(contract, sent);
    expect(body).toBe(vector.body);
    expect(renderBody(contract, stored(sent))).toBe(vector.body);
    expect(Buffer.byteLength(body)).toBe(vector.bytes);
    expect(createHash('sha256').update(body).digest('hex')).toBe(vector.sha256);
    const attemptedAt = new Date(vector.attemptedAtSeconds * 1000 + 999);
    expect(vector.headers).toMatchObject(contractHeaders(contract, { ...sent, attemptedAt }));
  });
});

test('data that was stored as JSON and read again renders the same bytes', () => {
  for (const contract of allContracts) {
    for (const { type } of contract.events) {
      const data = parsed(type, findEvent(type)?.sample);
      const again: unknown = JSON.parse(JSON.stringify(data));
      expect(renderBody(contract, delivery(type, again))).toBe(renderBody(contract, delivery(type, data)));
    }
  }
});

test('data at hand as it is stored renders the same bytes as data that is printed anew', () => {
  const events = allContracts.flatMap((contract) => contract.events.map(({ type }) => ({ contract, type })));
  const change = fc.tuple(
    fc.nat(),
    fc.oneof(
      fc.constant(undefined),
      fc.constant(null),
      fc.string({ unit: 'binary' }),
      fc.double(),
      fc.jsonValue(),
    ),
  );
  let rendered = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...events),
      fc.array(change, { maxLength: 3 }),
      ({ contract, type }, changes) => {
        const fields = Object.entries(findEvent(type)?.sample ?? {});
        for (const [which, value] of changes) {
          const field = fields[which % fields.length];
          if (field) field[1] = value;
        }
        const result = parseEventData(type, Object.fromEntries(fields));
        if (!result.ok) return;
        rendered += 1;
        const sent = delivery(type, result.data);
        const parts = renderParts(contract, stored(sent));
        expect(parts.head + parts.data + parts.tail).toBe(renderBody(contract, sent));
      },
    ),
    { numRuns: 2000 },
  );
  expect(rendered).toBeGreaterThan(200);
  const verbatim = allContracts.filter((contract) => {
    const sample = delivery('offer.accepted', parsed('offer.accepted', findEvent('offer.accepted')?.sample));
    return renderParts(contract, stored(sample)).data === stored(sample).event.json;
  });
  expect(verbatim.map(({ name }) => name)).toContain('standard');
});

test('fields are printed in the order of the catalogue, whatever the order they came in', () => {
  const sample = parsed('offer.accepted', findEvent('offer.accepted')?.sample);
  const reversed = Object.fromEntries(Object.entries(sample).reverse());
  expect(renderBody(CONTRACTS.bpoc, delivery('offer.accepted', reversed))).toBe(
    renderBody(CONTRACTS.bpoc, delivery('offer.accepted', sample)),
  );
});

test('a time that was left out is the time of the event in whole seconds, also where null was sent', () => {
  const moment = new Date('2026-01-22T10:30:00.999Z');
  for (const parsedAt of [undefined, null]) {
    const body = renderBody(
      CONTRACTS.roleready,
      delivery('resume.parsed', { resumeId: 'r', fileName: 'f', parsedAt, success: true }, moment),
    );
    expect(JSON.parse(body)).toMatchObject({
      timestamp: '2026-01-22T10:30:00.999Z',
      userId: null,
      data: { parsedAt: '2026-01-22T10:30:00Z' },
    });
  }
});

test('a start date that was left out is null: it is not when the event happened', () => {
  const body = renderBody(CONTRACTS.bpoc, delivery('placement.created', { placementId: 'p' }));
  expect(JSON.parse(body)).toMatchObject({ data: { startDate: null } });
});

test('what the guide does not show is there only when it was published', () => {
  const render = (data: object) =>
    JSON.parse(renderBody(CONTRACTS.skillora, delivery('interview.completed', data)));
  expect(render({ interviewId: 'i' }).data).not.toHaveProperty('application_id');
  expect(render({ interviewId: 'i', applicationId: 'a' }).data).toHaveProperty('application_id', 'a');
});

test('keys of free-form records keep their casing, at any depth', () => {
  const record = fc.dictionary(
    fc.string().filter((key) => key !== '__proto__'),
    // Refused when published, at any depth.
    fc.jsonValue().filter((value) => !JSON.stringify(value).includes('__proto__')),
  );
  fc.assert(
    fc.property(record, fc.constantFrom(CONTRACTS.skillora, CONTRACTS.standard), (published, contract) => {
      const resume: unknown = JSON.parse(JSON.stringify(published));
      const data = parsed('mock_interview.completed', { id: 'm', user: { id: 'u' }, resume });
      const body = JSON.parse(renderBody(contract, delivery('mock_interview.completed', data)));
      expect(body.data.resume).toEqual(resume);
    }),
  );
});

test('a receiver that parses a compact body and prints it again gets the same bytes', () => {
  const compact = allContracts.filter(({ json }) => !json.sortKeys);
  fc.assert(
    fc.property(
      fc.constantFrom(...compact),
      fc.jsonValue(),
      fc.string({ unit: 'binary' }),
      (contract, json, topic) => {
        const resume = { free: JSON.parse(JSON.stringify(json)) };
        const body = renderBody(contract, delivery('mock_interview.completed', { id: 'm', topic, resume }));
        expect(JSON.stringify(JSON.parse(body))).toBe(body);
      },
    ),
  );
});

describe('tests', () => {
  test.each(allContracts)('$name names its own test event and carries its own message', (contract) => {
    const sent = delivery(TEST_EVENT_TYPE, {});
    const body = JSON.parse(renderBody(contract, sent));
    expect(body.event ?? body.type).toBe(contract.test.event);
    expect(body.data).toEqual({ message: contract.test.message });
    const headers = contractHeaders(contract, { ...sent, attemptedAt: new Date(0) });
    expect(headers['X-Webhook-Event'] ?? contract.test.event).toBe(contract.test.event);
  });
});

test('rendering never fails over an event that the contract or the catalogue does not have', () => {
  for (const contract of allContracts) {
    for (const type of ['offer.sent', 'a.type.of.old']) {
      for (const data of [{ applicationId: 'a' }, null, 'text', [1]]) {
        expect(() => JSON.parse(renderBody(contract, delivery(type, data)))).not.toThrow();
      }
    }
  }
});
