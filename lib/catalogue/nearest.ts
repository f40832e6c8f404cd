/** Number of single-character edits between two strings (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}

const simplified = (name: string) => name.toLowerCase().replaceAll(/[^a-z]/g, '');

/** Edits between two simplified names; a beginning of a name, of four letters at least, is one edit away. */
function difference(wanted: string, name: string): number {
  const begins = wanted.length >= 4 && wanted !== name && name.startsWith(wanted);
  return begins ? 1 : distance(wanted, name);
}

/** At most three names that somebody who wrote `given` probably meant, the closest first. */
export function nearest(given: string, names: readonly string[]): string[] {
  const wanted = simplified(given.slice(0, 64));
  const limit = Math.max(2, Math.floor(wanted.length / 4));
  const close = names
    .map((name) => ({ name, edits: difference(wanted, simplified(name)) }))
    .filter(({ edits }) => edits <= limit)
    .sort((a, b) => a.edits - b.edits);
  const same = close.filter(({ edits }) => edits === 0);
  return (same.length > 0 ? same : close).slice(0, 3).map(({ name }) => name);
}
