/** Median, minimum and maximum over the runs of one measure, and how many runs there were. */
export interface Spread {
  median: number;
  min: number;
  max: number;
  runs: number;
}

/** The `q`-quantile (0 to 1) of `sorted`, linear between neighbours; NaN when empty. */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  const at = (sorted.length - 1) * q;
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}

/** What several runs of the same measure gave. */
export function spread(values: readonly number[]): Spread {
  const sorted = Float64Array.from(values).sort();
  return {
    median: quantile(sorted, 0.5),
    min: sorted[0] ?? Number.NaN,
    max: sorted.at(-1) ?? Number.NaN,
    runs: sorted.length,
  };
}

/** Each of `own` as a multiple of what stands at its place in `other`; what has nothing beside it is left out. */
export const ratios = (own: readonly number[], other: readonly number[]): number[] =>
  own.flatMap((value, at) => {
    const beside = other[at];
    return beside === undefined ? [] : [value / beside];
  });

/** p50, p95, p99 and the maximum of many samples of one run, in the samples' unit. */
export function percentiles(samples: ArrayLike<number>): {
  p50: number;
  p95: number;
  p99: number;
  max: number;
} {
  const sorted = Float64Array.from(samples).sort();
  return {
    p50: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    p99: quantile(sorted, 0.99),
    max: sorted.at(-1) ?? Number.NaN,
  };
}
