import { describe, expect, test } from 'vitest';
import { CATALOGUE, EVENT_TYPES } from '@/lib/catalogue';
import { type HelperEvent, helpersFor } from './define';
import * as helpers from './index';

function recorder() {
  const published: HelperEvent[] = [];
  const define = helpersFor(async (event) => {
    published.push(event);
    return event.type;
  });
  return { published, define };
}

test('hands the data on without the agency, which becomes the organization', async () => {
  const { published, define } = recorder();
  const { sample } = CATALOGUE['offer.sent'];
  await expect(define('offer.sent')({ ...sample, agencyId: 'org-1' })).resolves.toBe('offer.sent');
  expect(published).toEqual([{ organizationId: 'org-1', type: 'offer.sent', data: sample }]);
});

test('takes the user of a personal event out of the data', async () => {
  const { published, define } = recorder();
  const { sample } = CATALOGUE['resume.parsed'];
  await define('resume.parsed')({ ...sample, agencyId: 'org-1', userId: 'user-1' });
  expect(published).toEqual([
    { organizationId: 'org-1', type: 'resume.parsed', data: sample, userId: 'user-1' },
  ]);
});

test('leaves a user who is part of the data there', async () => {
  const { published, define } = recorder();
  const { sample } = CATALOGUE['query.created'];
  await define('query.created')({ ...sample, agencyId: 'org-1' });
  expect(published).toEqual([{ organizationId: 'org-1', type: 'query.created', data: sample }]);
});

test('passes the time and the idempotency key', async () => {
  const { published, define } = recorder();
  const options = { occurredAt: '2026-01-22T10:30:00Z', idempotencyKey: 'key-1' };
  await define('offer.sent')({ ...CATALOGUE['offer.sent'].sample, agencyId: 'org-1' }, options);
  expect(published[0]).toMatchObject(options);
});

test('compile time: the user of a personal event and all required data are asked for', () => {
  const { define } = recorder();
  const parsed = define('resume.parsed');
  const sent = define('offer.sent');
  // @ts-expect-error the user is missing
  const noUser: Parameters<typeof parsed>[0] = { ...CATALOGUE['resume.parsed'].sample, agencyId: 'org-1' };
  // @ts-expect-error the agency is missing
  const noAgency: Parameters<typeof sent>[0] = CATALOGUE['offer.sent'].sample;
  expect([noUser, noAgency]).toHaveLength(2);
});

describe('the helpers', () => {
  const nameOf = (type: string) =>
    `webhook${type
      .split(/[._]/)
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join('')}`;

  test('there is one for each event of the catalogue, named as the guide names them', () => {
    expect(Object.keys(helpers).sort()).toEqual(EVENT_TYPES.map(nameOf).sort());
    expect(helpers).toHaveProperty('webhookApplicationStatusChanged');
    expect(helpers).toHaveProperty('webhookVideoRecordingReady');
    for (const helper of Object.values(helpers)) expect(helper).toBeTypeOf('function');
  });
});
