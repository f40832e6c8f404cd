import { describe, expect, it } from 'vitest';
import {
  covers,
  type EventGroup,
  eventGroups,
  keepOffered,
  toggleEvent,
  toggleGroup,
} from './event-selection';

const event = (name: string, group: string) => ({
  name,
  type: name,
  group,
  description: '',
});
const events = [
  event('offer.sent', 'Offers'),
  event('offer.accepted', 'Offers'),
  event('video.recording.ready', 'Video'),
  event('placement.created', 'Placements'),
];
const wild = { events, wildcard_names: ['*', 'offer.*', 'video.*'] };
const exact = { events, wildcard_names: [] };

function group(groups: EventGroup[], name: string): EventGroup {
  const found = groups.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no group ${name}`);
  return found;
}

describe('covers', () => {
  it.each([
    ['*', 'offer.sent', true],
    ['video.*', 'video.recording.ready', true],
    ['offer.*', 'offers.sent', false],
    ['offer.*', 'offer', false],
    ['offer.sent', 'offer.sent', true],
    ['offer.sent', 'offer.sent.twice', false],
  ])('%s covers %s: %s', (pattern, name, expected) => {
    expect(covers(pattern, name)).toBe(expected);
  });
});

describe('eventGroups', () => {
  it('keeps the order of the catalogue and marks what is chosen', () => {
    const groups = eventGroups(wild, ['offer.sent']);
    expect(groups.map(({ name }) => name)).toEqual(['Offers', 'Video', 'Placements']);
    expect(group(groups, 'Offers')).toMatchObject({ check: 'mixed', wildcard: 'offer.*', covered: false });
    expect(group(groups, 'Offers').events.map(({ checked }) => checked)).toEqual([true, false]);
    expect(group(groups, 'Placements')).toMatchObject({ check: 'unchecked', wildcard: null });
  });

  it('takes no wildcard for a group whose prefix reaches further, or that has several prefixes', () => {
    const split = {
      events: [event('video.a', 'One'), event('video.b', 'Two')],
      wildcard_names: ['*', 'video.*'],
    };
    expect(eventGroups(split, []).map(({ wildcard }) => wildcard)).toEqual([null, null]);
    const mixed = {
      events: [event('video.a', 'One'), event('job.a', 'One')],
      wildcard_names: ['video.*', 'job.*'],
    };
    expect(eventGroups(mixed, []).map(({ label, wildcard }) => [label, wildcard])).toEqual([['One', null]]);
  });

  it('checks and covers the children of a wildcard', () => {
    const offer = group(eventGroups(wild, ['offer.*']), 'Offers');
    expect(offer.check).toBe('checked');
    expect(offer.covered).toBe(false);
    expect(offer.events.every(({ checked, covered }) => checked && covered)).toBe(true);
  });

  it('covers everything, groups too, with all events', () => {
    expect(eventGroups(wild, ['*']).every(({ check, covered }) => check === 'checked' && covered)).toBe(true);
  });

  it('without wildcards, a group whose events are all chosen is checked', () => {
    expect(group(eventGroups(exact, ['offer.sent', 'offer.accepted']), 'Offers').check).toBe('checked');
    // With a wildcard it is not the same: that one also stands for events still to come.
    expect(group(eventGroups(wild, ['offer.sent', 'offer.accepted']), 'Offers').check).toBe('mixed');
  });
});

describe('choosing', () => {
  it('lets a wildcard swallow what it covers', () => {
    expect(toggleEvent(['offer.sent', 'placement.created'], 'offer.*')).toEqual([
      'placement.created',
      'offer.*',
    ]);
    expect(toggleEvent(['offer.*', 'placement.created'], '*')).toEqual(['*']);
    expect(toggleEvent(['*'], '*')).toEqual([]);
  });

  it('chooses a group by its wildcard, or by each of its events', () => {
    const offer = (offerOf: typeof wild, selected: string[]) =>
      group(eventGroups(offerOf, selected), 'Offers');
    expect(toggleGroup([], offer(wild, []))).toEqual(['offer.*']);
    expect(toggleGroup(['offer.sent'], offer(exact, ['offer.sent']))).toEqual([
      'offer.sent',
      'offer.accepted',
    ]);
    const all = ['placement.created', 'offer.sent', 'offer.accepted'];
    expect(toggleGroup(all, offer(exact, all))).toEqual(['placement.created']);
  });

  it('drops what another contract does not know', () => {
    expect(keepOffered(['offer.*', 'offer.sent', 'x'], exact)).toEqual(['offer.sent']);
  });
});
