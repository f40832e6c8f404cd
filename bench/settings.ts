import { parseArgs } from 'node:util';
import type { Shape } from './scenarios/throughput.ts';

/** The parts of the benchmark, in the order in which they run. */
export const STAGES = [
  'side-by-side',
  'latency',
  'costs',
  'scale',
  'retention',
  'punctuality',
  'fairness',
  'processes',
] as const;
export type Stage = (typeof STAGES)[number];
/** Left out by `--quick` unless asked for with `--only`. */
const SLOW_STAGES: readonly Stage[] = ['costs', 'processes'];

/** A shape with the name under which it stands in the report. */
export interface NamedShape extends Shape {
  name: string;
  /** Measured for the app only. */
  alone: boolean;
}

/** The two shapes that the targets speak of. */
export const BATCHES = 'batches, fan-out 1, 1 KB';
export const ONE_BY_ONE = 'one by one, fan-out 1, 1 KB';

/** What publish → receive is compared with. */
export const BARE_LOOP = 'bare loop behind a route';
const CONNECTIONS = 64;
const KB = 1_024;
/** What is put into one request: below the 4 MiB that the app takes. */
const REQUEST_BYTES = 3.5 * KB * KB;

function shape(
  batches: boolean,
  fanout: number,
  kilobytes: number,
  deliveries: number,
  alone = false,
): NamedShape {
  return {
    name: `${batches ? 'batches' : 'one by one'}, fan-out ${fanout}, ${kilobytes} KB`,
    events: Math.ceil(deliveries / fanout),
    fanout,
    bytes: kilobytes * KB,
    batch: batches ? Math.min(1_000, Math.floor(REQUEST_BYTES / (kilobytes * KB))) : 0,
    connections: CONNECTIONS,
    alone,
  };
}

const FULL = {
  runs: 5,
  /** A run is made shorter where the slowest system would take longer than this. */
  secondsARun: 15,
  /** Each system is warmed up for so long, twice, before it is measured in a shape: compilers, caches, pools. */
  warmUpSeconds: 4,
  everyPeer: true,
  shapes: [
    shape(true, 1, 1, 20_000),
    shape(false, 1, 1, 5_000),
    shape(true, 5, 1, 20_000, true),
    shape(false, 5, 1, 10_000, true),
    shape(true, 50, 1, 20_000, true),
    shape(false, 50, 1, 20_000, true),
    shape(true, 1, 20, 5_000, true),
    shape(false, 1, 20, 3_000, true),
  ],
  limitEvents: 20_000,
  latencySeconds: 6,
  /** Before each measure of latency: what idled while the others were measured is warm again. */
  latencyWarmUpSeconds: 1,
  sizes: [10_000, 100_000, 1_000_000, 10_000_000],
  /** In each of them every size has ten of each call. */
  scaleRounds: 20,
  /** Deliveries of the week that is dropped. */
  dropped: 1_000_000,
  failing: 200,
  longestWaitSeconds: 60,
  backlog: 100_000,
  singles: 20,
  processes: [1, 2, 4],
  processRuns: 5,
};

const QUICK: typeof FULL = {
  ...FULL,
  secondsARun: 1.5,
  warmUpSeconds: 0.5,
  everyPeer: false,
  shapes: [
    shape(true, 1, 1, 5_000),
    shape(false, 1, 1, 2_000),
    shape(true, 50, 1, 5_000, true),
    shape(false, 5, 1, 2_500, true),
    shape(true, 1, 20, 1_000, true),
  ],
  limitEvents: 5_000,
  latencySeconds: 1,
  latencyWarmUpSeconds: 0.3,
  sizes: [10_000, 100_000],
  scaleRounds: 6,
  dropped: 100_000,
  failing: 50,
  longestWaitSeconds: 5,
  backlog: 5_000,
  singles: 5,
  processes: [2],
  processRuns: 2,
};

/** What is measured, and how much of it. */
export type Settings = typeof FULL & {
  quick: boolean;
  stages: readonly Stage[];
  postgres: Record<string, string>;
};

const isStage = (name: string): name is Stage => STAGES.some((stage) => stage === name);

/**
 * Reads `--quick` (within five minutes), `--only <part,…>`, `--runs <n>`, `--seconds <a run>`, `--sizes <n,…>` and
 * `--pg <setting>=<value>` off the command line. Throws on a part that there is not.
 */
export function readSettings(args: readonly string[]): Settings {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      runs: { type: 'string' },
      seconds: { type: 'string' },
      sizes: { type: 'string' },
      pg: { type: 'string', multiple: true, default: [] },
    },
  });
  const usual = STAGES.filter((stage) => !values.quick || !SLOW_STAGES.includes(stage));
  const stages = values.only?.split(',') ?? usual;
  const known = stages.filter(isStage);
  if (known.length < stages.length) throw new Error(`--only takes ${STAGES.join(', ')}`);
  const base = values.quick ? QUICK : FULL;
  return {
    ...base,
    ...(values.runs !== undefined && { runs: Number(values.runs) }),
    ...(values.seconds !== undefined && { secondsARun: Number(values.seconds) }),
    ...(values.sizes !== undefined && { sizes: values.sizes.split(',').map(Number) }),
    quick: values.quick,
    stages: known,
    postgres: Object.fromEntries(values.pg.map((setting) => setting.split('=', 2))),
  };
}
