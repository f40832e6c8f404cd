/**
 * One at a time, in the order of asking. PGlite has a single connection: without this, the transactions
 * of concurrent requests run into each other, and one request reads and writes with another's rights.
 */
export function mutex(): <T>(work: () => Promise<T>) => Promise<T> {
  let tail: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = tail.then(work);
    tail = result.catch(() => undefined);
    return result;
  };
}
