/** `items` with the first of them `by` places further on: whose turn comes first in a round. */
export const turned = <T>(items: readonly T[], by: number): T[] =>
  items.map((_, at) => items[(at + by) % items.length]).filter((item) => item !== undefined);
