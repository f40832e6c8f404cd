import { type Spread, spread } from './harness/stats.ts';
import type { Costs } from './scenarios/costs.ts';
import type { Fairness } from './scenarios/fairness.ts';
import type { Latency } from './scenarios/latency.ts';
import type { LimitRun } from './scenarios/limits.ts';
import type { Lateness } from './scenarios/punctuality.ts';
import type { Retention } from './scenarios/retention.ts';
import type { ScalePoint } from './scenarios/scale.ts';
import type { ThroughputRun } from './scenarios/throughput.ts';

/** Each figure of several runs, as median, minimum and maximum. */
export type Spreads<T> = { [Key in keyof T]: Spread };

/** What several app processes on one database did. */
export interface ProcessesPoint {
  processes: number;
  batches: Spreads<ThroughputRun>;
  oneByOne: Spreads<ThroughputRun>;
  punctuality: Lateness[];
  fairness: Fairness;
}

/** Everything that one run of the benchmark found; a part that was not asked for is absent. */
export interface Results {
  startedAt: string;
  quick: boolean;
  machine: Record<string, string | number>;
  versions: Record<string, string>;
  database: Record<string, string>;
  systems: Record<string, Record<string, string | number>>;
  /** Shape → system → figures. */
  throughput?: Record<string, Record<string, Spreads<ThroughputRun>>>;
  /** Shape → system → its run in each round. */
  throughputRounds?: Record<string, Record<string, readonly ThroughputRun[]>>;
  limits?: Spreads<LimitRun>;
  /** Requests a second that an empty route takes with the bodies of a shape. */
  emptyRoute?: Record<string, Spread>;
  latency?: Record<string, Spreads<Latency>>;
  /** System → its run in each round. */
  latencyRounds?: Record<string, readonly Latency[]>;
  costs?: Record<string, Costs>;
  scale?: ScalePoint[];
  retention?: Retention;
  punctuality?: Lateness[];
  fairness?: Fairness;
  processes?: ProcessesPoint[];
}

/** Joins runs into one figure each. */
export function spreads<T extends { [Key in keyof T]: number }>(runs: readonly T[]): Spreads<T> {
  const [first] = runs;
  if (first === undefined) throw new Error('no runs');
  const joined: Partial<Spreads<T>> = {};
  for (const key in first) joined[key] = spread(runs.map((run) => run[key]));
  const whole = (partial: Partial<Spreads<T>>): partial is Spreads<T> => Object.keys(partial).length > 0;
  if (!whole(joined)) throw new Error('runs without figures');
  return joined;
}
