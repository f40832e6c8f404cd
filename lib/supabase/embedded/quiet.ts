/** What may be printed of an error: its kind and where it was raised, never its words. */
function withoutWords(error: Error): string {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [error.name, ...frames.slice(0, 6)].join('\n');
}

/**
 * Silences this thread's console but for faults, which it prints without their words: the library logs
 * each error with the statement's parameters, and each email that it would send, with its link.
 */
export function quieten(): void {
  const nothing = () => undefined;
  Object.assign(console, {
    log: nothing,
    info: nothing,
    warn: nothing,
    debug: nothing,
    error: (...values: unknown[]) => {
      for (const value of values) {
        // What the database answered is already the caller's answer.
        if (!(value instanceof Error) || value.name === 'DatabaseError') continue;
        process.stderr.write(`backend: ${withoutWords(value)}\n`);
      }
    },
  });
}
