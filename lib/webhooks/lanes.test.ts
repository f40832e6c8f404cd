import { describe, expect, it } from 'vitest';
import { createLanes } from './lanes';

const limits = { initial: 8, min: 2, max: 16 };

describe('lanes', () => {
  it('have no entry for a webhook that nothing is known of', () => {
    expect(createLanes(limits).rooms()).toEqual({});
  });

  it('take room while something is under way', () => {
    const lanes = createLanes(limits);
    for (let n = 0; n < 9; n += 1) lanes.enter('a');
    expect(lanes.rooms()).toEqual({ a: 0 });
  });

  it('widen while the receiver answers, up to the most', () => {
    const lanes = createLanes(limits);
    lanes.enter('a');
    for (let n = 0; n < 20; n += 1) {
      lanes.enter('a');
      lanes.leave('a', true);
    }
    expect(lanes.rooms()).toEqual({ a: limits.max - 1 });
  });

  it('halve when it does not, down to the least, and remember it while idle', () => {
    const lanes = createLanes(limits);
    const seen = [];
    for (let n = 0; n < 4; n += 1) {
      lanes.enter('a');
      lanes.leave('a', false);
      seen.push(lanes.rooms().a);
    }
    expect(seen).toEqual([4, 2, 2, 2]);
  });

  it('are forgotten when idle and no narrower than an unknown one, so that claims stay small', () => {
    const lanes = createLanes(limits);
    for (let n = 0; n < 1000; n += 1) {
      lanes.enter(`webhook ${n}`);
      lanes.leave(`webhook ${n}`, true);
    }
    expect(lanes.rooms()).toEqual({});
  });

  it('recover once the receiver answers again', () => {
    const lanes = createLanes(limits);
    lanes.enter('a');
    lanes.leave('a', false);
    for (let n = 0; n < 4; n += 1) {
      lanes.enter('a');
      lanes.leave('a', true);
    }
    expect(lanes.rooms()).toEqual({});
  });
});
