import { describe, expect, it } from 'vitest';
import { coalesce } from './coalesce';

const settled = (promises: readonly Promise<unknown>[]) =>
  Promise.allSettled(promises).then((all) =>
    all.map((one) => (one.status === 'fulfilled' ? one.value : 'failed')),
  );

/** Doubles numbers; each call can be watched and made to fail. */
function doubling(fails: (items: readonly number[], call: number) => unknown = () => null, concurrency = 1) {
  const calls: number[][] = [];
  let running = 0;
  let most = 0;
  const run = coalesce<number, number>({
    maxItems: 4,
    concurrency,
    isTransient: (error) => error === 'transient',
    run: async (items) => {
      calls.push([...items]);
      const error = fails(items, calls.length);
      running += 1;
      most = Math.max(most, running);
      await new Promise((done) => setTimeout(done, 1));
      running -= 1;
      if (error) throw error;
      return items.map((item) => item * 2);
    },
  });
  return { run, calls, most: () => most };
}

describe('gathering', () => {
  const gathering = (gather: { ms: number; items: number }) => {
    const calls: number[][] = [];
    const run = coalesce<number, number>({
      maxItems: 100,
      concurrency: 1,
      gather,
      isTransient: () => false,
      run: async (items) => {
        calls.push([...items]);
        return [...items];
      },
    });
    return { run, calls };
  };

  it('waits for what comes a little later, and not for ever', async () => {
    const { run, calls } = gathering({ ms: 40, items: 10 });
    const startedAt = performance.now();
    const first = run([1]);
    await new Promise((done) => setTimeout(done, 10));
    await Promise.all([first, run([2])]);
    expect(calls).toEqual([[1, 2]]);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(38);
    await run([3]);
    expect(calls).toEqual([[1, 2], [3]]);
  });

  it('goes at once when enough wait', async () => {
    const { run, calls } = gathering({ ms: 60_000, items: 3 });
    await Promise.all([run([1]), run([2]), run([3])]);
    expect(calls).toEqual([[1, 2, 3]]);
  });
});

describe('joining', () => {
  it('lets the first go alone, and joins what comes meanwhile, in order, each with its own answers', async () => {
    const { run, calls } = doubling();
    const answers = await Promise.all([run([1]), run([2, 3]), run([4]), run([5])]);
    expect(answers).toEqual([[2], [4, 6], [8], [10]]);
    expect(calls).toEqual([[1], [2, 3, 4, 5]]);
  });

  it('never parts a group, though it be larger than a call', async () => {
    const { run, calls } = doubling();
    await Promise.all([run([0]), run([1, 2, 3]), run([4, 5]), run([6, 7, 8, 9, 10])]);
    expect(calls).toEqual([[0], [1, 2, 3], [4, 5], [6, 7, 8, 9, 10]]);
  });

  it('has no more calls under way than it may', async () => {
    const { run, most } = doubling(() => null, 2);
    await Promise.all(Array.from({ length: 40 }, (_, n) => run([n, n, n])));
    expect(most()).toBe(2);
  });

  it('answers nothing for nothing, without a call', async () => {
    const { run, calls } = doubling();
    expect(await run([])).toEqual([]);
    expect(calls).toEqual([]);
  });
});

describe('failing', () => {
  it('for what is in it, a joint call is split until only the bad part fails', async () => {
    const { run } = doubling((items) => (items.includes(3) ? 'bad' : null));
    expect(await settled([run([0]), run([1]), run([2]), run([3]), run([4])])).toEqual([
      [0],
      [2],
      [4],
      'failed',
      [8],
    ]);
  });

  it('transiently, the same call is repeated once as it is', async () => {
    const { run, calls } = doubling((_, call) => (call === 2 ? 'transient' : null));
    expect(await settled([run([0]), run([1]), run([2])])).toEqual([[0], [2], [4]]);
    expect(calls).toEqual([[0], [1, 2], [1, 2]]);
  });

  it('transiently twice, all of it fails and nothing is split', async () => {
    const { run, calls } = doubling((_, call) => (call > 1 ? 'transient' : null));
    expect(await settled([run([0]), run([1]), run([2])])).toEqual([[0], 'failed', 'failed']);
    expect(calls).toEqual([[0], [1, 2], [1, 2]]);
  });

  it('goes on with what comes later', async () => {
    const { run } = doubling((_, call) => (call === 1 ? 'bad' : null));
    expect(await settled([run([1])])).toEqual(['failed']);
    expect(await run([2])).toEqual([4]);
  });

  it('a call that answers too little fails instead of mixing up answers', async () => {
    const run = coalesce<number, number>({
      maxItems: 10,
      concurrency: 1,
      isTransient: () => false,
      run: async (items) => items.slice(1),
    });
    await expect(run([1, 2])).rejects.toThrow('asked for 2 answers, got 1');
  });
});
