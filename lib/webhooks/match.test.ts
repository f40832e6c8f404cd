import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EVENT_TYPES } from '@/lib/catalogue';
import { allContracts, CONTRACTS } from '@/lib/contracts';
import type { Contract } from '@/lib/contracts/contract';
import { availableEvents, checkSubscriptions, contractEventRows, subscriptionKeys } from './match';

/** Reads the rule word by word: offered by the contract, and named exactly or below the prefix. */
function naiveMatch(contract: Contract, names: readonly string[], type: string): boolean {
  const offered = contract.events.find((event) => event.type === type);
  if (!offered) return false;
  return names.some((name) => {
    if (name === '*') return true;
    if (name.endsWith('.*')) return offered.subscription.startsWith(name.slice(0, -1));
    return name === offered.subscription;
  });
}

test('a webhook holds a key of an event exactly when the naive matcher says so', () => {
  const webhook = fc.constantFrom(...allContracts).chain((contract) =>
    fc.record({
      contract: fc.constant(contract),
      names: fc.subarray(availableEvents(contract).map(({ name }) => name)),
    }),
  );
  fc.assert(
    fc.property(webhook, fc.constantFrom(...EVENT_TYPES), ({ contract, names }, type) => {
      const keys = new Set(subscriptionKeys(type));
      const holds = names.some((name) => keys.has(`${contract.name}:${name}`));
      expect(holds).toBe(naiveMatch(contract, names, type));
    }),
    { numRuns: 1000 },
  );
});

test('the keys of an event that two contracts offer under different names', () => {
  expect([...subscriptionKeys('interview.completed')].sort()).toEqual([
    'bpoc:*',
    'bpoc:interview.*',
    'bpoc:interview.completed',
    'skillora:interview_completed',
    'standard:*',
    'standard:interview.*',
    'standard:interview.completed',
  ]);
  expect(subscriptionKeys('video.recording.ready')).toContain('bpoc:video.*');
  expect(subscriptionKeys('video.recording.ready')).toContain('bpoc:video.recording.*');
  expect(subscriptionKeys('quiz.started')).not.toContain('bpoc:*');
});

test('a test and an unknown type reach nobody', () => {
  for (const type of ['test', '*', 'application.*', '', 'toString'])
    expect(subscriptionKeys(type)).toEqual([]);
});

describe('checkSubscriptions', () => {
  const { bpoc, skillora, standard, roleready } = CONTRACTS;

  test('takes every name that is available, and keeps a repeated one once', () => {
    for (const contract of allContracts) {
      const names = availableEvents(contract).map(({ name }) => name);
      expect(checkSubscriptions(contract, names)).toEqual({ ok: true, events: names });
    }
    expect(checkSubscriptions(bpoc, ['offer.*', 'offer.sent', 'offer.*'])).toEqual({
      ok: true,
      events: ['offer.*', 'offer.sent'],
    });
  });

  test.each<[Contract, string]>([
    [bpoc, 'quiz.started'],
    [bpoc, 'quiz.*'],
    [bpoc, 'offer.sent.*'],
    [bpoc, 'offer*'],
    [bpoc, '.*'],
    [bpoc, 'test'],
    [skillora, '*'],
    [skillora, 'interview.completed'],
    [roleready, 'resume.*'],
    [standard, 'interview_completed'],
    [standard, '__proto__'],
  ])('$0.name has no event %s', (contract, name) => {
    const checked = checkSubscriptions(contract, [name]);
    expect(checked.ok).toBe(false);
    const [issue] = checked.ok ? [] : checked.issues;
    expect(issue?.path).toEqual([0]);
    for (const available of availableEvents(contract)) expect(issue?.message).toContain(available.name);
  });

  test('says which one is wrong, and what was probably meant', () => {
    const checked = checkSubscriptions(skillora, ['interview_completed', 'interview.completed']);
    expect(checked.ok ? [] : checked.issues).toEqual([
      { path: [1], message: expect.stringContaining('Did you mean interview_completed?') },
    ]);
  });

  test('wants at least one', () => {
    expect(checkSubscriptions(bpoc, []).ok).toBe(false);
  });
});

test('available events: wildcards before what they cover, each with words and a group', () => {
  const events = availableEvents(CONTRACTS.bpoc);
  const names = events.map(({ name }) => name);
  expect(names.slice(0, 3)).toEqual(['*', 'application.*', 'application.created']);
  expect(names).toContain('video.transcript.*');
  expect(events.find(({ name }) => name === 'video.*')).toEqual({
    name: 'video.*',
    isWildcard: true,
    types: ['video.recording.ready', 'video.transcript.completed'],
    group: 'Video',
    description: 'Everything under video.*',
  });
  expect(events[0]).toMatchObject({ types: CONTRACTS.bpoc.events.map(({ type }) => type), group: null });
  for (const contract of allContracts) {
    const available = availableEvents(contract);
    expect(available.some(({ isWildcard }) => isWildcard)).toBe(contract.wildcards);
    for (const { name, description } of available) expect(description, name).not.toBe('');
  }
});

test('the rows for the database are every available name of every contract, each once', () => {
  const rows = contractEventRows().map(([contract, event]) => `${contract}:${event}`);
  expect(new Set(rows).size).toBe(rows.length);
  expect(new Set(rows)).toEqual(new Set(EVENT_TYPES.flatMap((type) => subscriptionKeys(type))));
});
