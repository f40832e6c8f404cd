/**
 * Joins concurrent calls into one: while a call is under way, those that come wait and then go together. Under no load
 * nothing waits; under load the cost of a round trip is shared. When a joint call fails for what is in it, it is split,
 * so that one bad part spoils no other.
 */
export interface CoalesceOptions<I, O> {
  /** Must answer as many outputs as inputs, in order, and be safe to repeat with the same inputs. */
  run(items: readonly I[]): Promise<readonly O[]>;
  /** Most inputs in one joint call; a single group may be larger. */
  maxItems: number;
  /** Joint calls under way at once. */
  concurrency: number;
  /** What comes waits this long for more, in ms, unless so many inputs wait. Nothing waits when left out. */
  gather?: { ms: number; items: number };
  /** Whether the same call may succeed when it is repeated as it is: then it is, once, instead of being split. */
  isTransient(error: unknown): boolean;
}

interface Group<I, O> {
  items: readonly I[];
  since: number;
  resolve(outputs: readonly O[]): void;
  reject(error: unknown): void;
}

/** Answers a function that takes a group of inputs and resolves with its outputs, or rejects as `run` does. */
export function coalesce<I, O>(options: CoalesceOptions<I, O>) {
  const waiting: Group<I, O>[] = [];
  let waitingItems = 0;
  let running = 0;

  async function runGroups(groups: Group<I, O>[], repeated = false): Promise<void> {
    const items = groups.flatMap((group) => group.items);
    let outputs: readonly O[];
    try {
      outputs = await options.run(items);
      if (outputs.length !== items.length)
        throw new Error(`asked for ${items.length} answers, got ${outputs.length}`);
    } catch (error) {
      if (!repeated && options.isTransient(error)) return runGroups(groups, true);
      if (groups.length === 1 || options.isTransient(error)) {
        for (const group of groups) group.reject(error);
        return;
      }
      const half = Math.ceil(groups.length / 2);
      await runGroups(groups.slice(0, half));
      return runGroups(groups.slice(half));
    }
    let at = 0;
    for (const group of groups) {
      group.resolve(outputs.slice(at, at + group.items.length));
      at += group.items.length;
    }
  }

  let looksAgain = false;

  /** Whether what waits is to wait for more; then it is looked at again when it has waited long enough. */
  function gathers(): boolean {
    const [oldest] = waiting;
    if (!options.gather || !oldest || waitingItems >= options.gather.items) return false;
    const leftMs = options.gather.ms - (performance.now() - oldest.since);
    if (leftMs <= 0) return false;
    if (!looksAgain) setTimeout(lookAgain, leftMs);
    looksAgain = true;
    return true;
  }

  function lookAgain(): void {
    looksAgain = false;
    pump();
  }

  function pump(): void {
    while (running < options.concurrency && waiting.length > 0 && !gathers()) {
      let count = 0;
      let size = 0;
      for (const group of waiting) {
        if (count > 0 && size + group.items.length > options.maxItems) break;
        count += 1;
        size += group.items.length;
      }
      running += 1;
      waitingItems -= size;
      void runGroups(waiting.splice(0, count)).finally(() => {
        running -= 1;
        pump();
      });
    }
  }

  return (items: readonly I[]): Promise<readonly O[]> =>
    items.length === 0
      ? Promise.resolve([])
      : new Promise((resolve, reject) => {
          waiting.push({ items, since: performance.now(), resolve, reject });
          waitingItems += items.length;
          pump();
        });
}
