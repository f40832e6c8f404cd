import { describe, expect, it } from 'vitest';
import { createLanes } from './lanes';

const limits = { initial: 8, min: 2, max: 16 };

describe('lanes', () => {
  it('have no entry for a webhook that nothing is known of', () => {
    expect(createLanes<string>(limits).rooms()).toEqual({});
  });

  it('take room while something is under way', () => {
    const lanes = createLanes<string>(limits);
    for (let n = 0; n < 9; n += 1) lanes.enter('a');
    expect(lanes.rooms()).toEqual({ a: 0 });
  });

  it('widen while the receiver answers, up to the most', () => {
    const lanes = createLanes<string>(limits);
    lanes.enter('a');
    for (let n = 0; n < 20; n += 1) {
      lanes.enter('a');
      lanes.leave('a', true, 5);
    }
    expect(lanes.rooms()).toEqual({ a: limits.max - 1 });
  });

  it('halve when it does not, down to the least, and remember it while idle', () => {
    const lanes = createLanes<string>(limits);
    const seen = [];
    for (let n = 0; n < 4; n += 1) {
      lanes.enter('a');
      lanes.leave('a', false, 10_000);
      seen.push(lanes.rooms().a);
    }
    expect(seen).toEqual([4, 2, 2, 2]);
  });

  it('are remembered for a while when idle, the latest of them, so that claims stay small', () => {
    let now = 0;
    const lanes = createLanes<string>(limits, () => now);
    for (let n = 0; n < 1000; n += 1) {
      lanes.enter(`webhook ${n}`);
      lanes.leave(`webhook ${n}`, true, 5);
    }
    const remembered = Object.keys(lanes.rooms());
    expect([remembered.length, remembered.at(-1)]).toEqual([128, 'webhook 999']);
    now = 60_000;
    expect(lanes.rooms()).toEqual({});
  });

  it('are remembered for longer when their receiver did not answer, and not for ever', () => {
    let now = 0;
    const lanes = createLanes<string>(limits, () => now);
    lanes.enter('a');
    lanes.leave('a', false, 10_000);
    now = 300_000;
    expect(lanes.rooms()).toEqual({ a: 4 });
    now = 601_000;
    expect(lanes.rooms()).toEqual({});
  });

  it('recover once the receiver answers again', () => {
    const lanes = createLanes<string>(limits);
    lanes.enter('a');
    lanes.leave('a', false, 10_000);
    for (let n = 0; n < 4; n += 1) {
      lanes.enter('a');
      lanes.leave('a', true, 5);
    }
    expect(lanes.rooms()).toEqual({});
  });

  it('let what waits start in turn, as far as each is wide', () => {
    const lanes = createLanes<string>({ initial: 2, min: 1, max: 4, queue: 100 });
    for (let n = 0; n < 4; n += 1) lanes.add('a', `a${n}`);
    lanes.add('b', 'b0');
    const started = [];
    for (let next = lanes.next(100); next; next = lanes.next(100)) started.push(next);
    expect(started).toEqual(['a0', 'b0', 'a1']);
    expect(lanes.queued).toBe(2);
    lanes.leave('a', true, 5);
    expect([lanes.next(100), lanes.next(100), lanes.next(100)]).toEqual(['a2', 'a3', undefined]);
  });

  it('take no more than a third of the places that are left, so that some are free whoever hangs', () => {
    const lanes = createLanes<number>({ initial: 32, min: 1, max: 64, queue: 0 });
    for (let n = 0; n < 40; n += 1) lanes.add('a', n);
    let free = 40;
    while (lanes.next(free) !== undefined) free -= 1;
    expect(40 - free).toBe(10);
  });

  it('hold back as many as their receiver takes in eight seconds', () => {
    const lanes = createLanes<string>({ initial: 2, min: 1, max: 4, queue: 18_000 });
    expect(lanes.unknownRoom).toBe(66);
    lanes.enter('fast');
    lanes.enter('fast');
    lanes.leave('fast', true, 5);
    lanes.enter('slow');
    lanes.enter('slow');
    lanes.leave('slow', true, 1500);
    expect(lanes.rooms()).toEqual({ fast: 2 + 4800, slow: 2 + 16 });
  });

  it('hold back no more than a third of what the others leave', () => {
    const lanes = createLanes<string>({ initial: 2, min: 1, max: 4, queue: 900 });
    for (const name of ['a', 'b']) {
      lanes.enter(name);
      lanes.leave(name, true, 1);
    }
    for (let n = 0; n < 300; n += 1) lanes.add('a', `a${n}`);
    expect(lanes.rooms()).toEqual({ a: 3, b: 3 + 200 });
  });

  it('give up what waits when they are emptied', () => {
    const lanes = createLanes<string>({ initial: 2, min: 1, max: 4, queue: 8 });
    lanes.add('a', 'a0');
    lanes.add('b', 'b0');
    expect(lanes.drain()).toEqual(['a0', 'b0']);
    expect([lanes.queued, lanes.next(9)]).toEqual([0, undefined]);
  });
});
