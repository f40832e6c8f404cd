/** First in, first out, at the same cost however many wait: `Array.shift` moves all that is left. */
export interface Fifo<T> {
  readonly length: number;
  push(item: T): void;
  /** The oldest; undefined where there is none. */
  shift(): T | undefined;
  /** All, oldest first; then none is left. */
  drain(): T[];
}

/** What was taken leaves holes, which are closed once there are so many and they are the greater part. */
const HOLES = 64;

export function createFifo<T>(): Fifo<T> {
  let items: (T | undefined)[] = [];
  let first = 0;

  return {
    get length() {
      return items.length - first;
    },
    push(item) {
      items.push(item);
    },
    shift() {
      if (first === items.length) return undefined;
      const item = items[first];
      items[first] = undefined;
      first += 1;
      if (first >= HOLES && first * 2 > items.length) {
        items = items.slice(first);
        first = 0;
      }
      return item;
    },
    drain() {
      const left = items.slice(first).filter((item) => item !== undefined);
      items = [];
      first = 0;
      return left;
    },
  };
}
