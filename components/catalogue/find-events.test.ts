import { expect, it } from 'vitest';
import { findEvents } from './find-events';

const event = (type: string, description = '') => ({
  type,
  group: type.split('.')[0] ?? type,
  description,
  sample: {},
  fields: [],
});
const events = [event('offer.sent', 'An offer went out.'), event('job.created'), event('offer.accepted')];
const contracts = [
  {
    name: 'skillora' as const,
    title: '',
    description: '',
    wildcards: false,
    wildcard_names: [],
    events: [{ name: 'offer_sent', type: 'offer.sent', description: '', group: 'offer' }],
  },
];

it('groups in the order of the catalogue', () => {
  const groups = findEvents({ contracts, events }, '', '');
  expect(groups.map((group) => [group.name, group.events.length])).toEqual([
    ['offer', 2],
    ['job', 1],
  ]);
});

it('finds by every word, in the name or the description, and by contract', () => {
  const types = (search: string, contract = '') =>
    findEvents({ contracts, events }, search, contract).flatMap((group) =>
      group.events.map(({ type }) => type),
    );
  expect(types('Offer OUT')).toEqual(['offer.sent']);
  expect(types('', 'skillora')).toEqual(['offer.sent']);
  expect(types('nothing')).toEqual([]);
});
