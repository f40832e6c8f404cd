import { ratios, type Spread, spread } from '../harness/stats.ts';
import type { Results } from '../results.ts';
import type { ThroughputRun } from '../scenarios/throughput.ts';
import { BARE_LOOP, BATCHES, ONE_BY_ONE } from '../settings.ts';

/** One thing to reach: what was measured, against what. */
export interface Target {
  what: string;
  measured: number;
  /** Between what it lay, where it is the median of the rounds. */
  range?: { min: number; max: number };
  /** `≥` or `≤` this. */
  bound: number;
  atLeast: boolean;
  unit: string;
}

/** The app, as it is named among the systems. */
export const APP = 'hirehook';
const FLAT = 1.3;
const LONGEST_PUBLISH_MS = 100;

/** Whether a target is reached. */
export const reached = ({ measured, bound, atLeast }: Target): boolean =>
  atLeast ? measured >= bound : measured <= bound;

const cpu = ({ appCpuPer10k, databaseCpuPer10k }: ThroughputRun): number => appCpuPer10k + databaseCpuPer10k;
const rate = ({ deliveriesPerSecond }: ThroughputRun): number => deliveriesPerSecond;
const ratio = (what: string, measured: number, bound: number, atLeast: boolean): Target => ({
  what,
  measured,
  bound,
  atLeast,
  unit: '×',
});
/** The median over the rounds, with between what it lay. */
const medianRatio = (
  what: string,
  { median, min, max }: Spread,
  bound: number,
  atLeast: boolean,
): Target => ({ ...ratio(what, median, bound, atLeast), range: { min, max } });

/**
 * `figure` of the app as a multiple of another's in the same round; the median over the rounds. What a machine does
 * beside the benchmark slows a round down, whoever is measured in it.
 */
function roundByRound<Run>(
  what: string,
  [own, other]: readonly [readonly Run[], readonly Run[]],
  figure: (run: Run) => number,
  [bound, atLeast]: readonly [number, boolean],
): Target {
  return medianRatio(what, spread(ratios(own.map(figure), other.map(figure))), bound, atLeast);
}

const medianOf = <Run>(runs: readonly Run[], figure: (run: Run) => number): number =>
  spread(runs.map(figure)).median;

function besidePeers(results: Results, shape: string, bound: number, batchedOnly: boolean): Target[] {
  const systems = results.throughputRounds?.[shape];
  const app = systems?.[APP];
  if (systems === undefined || app === undefined) return [];
  const peers = Object.entries(systems)
    .filter(([name]) => name !== APP && (!batchedOnly || name.endsWith('in batches')))
    .map(([, runs]) => runs);
  const [quickest] = peers.toSorted((a, b) => medianOf(b, rate) - medianOf(a, rate));
  const [cheapest] = peers.toSorted((a, b) => medianOf(a, cpu) - medianOf(b, cpu));
  if (quickest === undefined || cheapest === undefined) return [];
  const which = batchedOnly
    ? 'the better peer, outcomes in batches'
    : 'the best peer, however it stores outcomes';
  return [
    roundByRound(`${shape}: deliveries/s of ${which}`, [app, quickest], rate, [bound, true]),
    roundByRound(`${shape}: CPU a delivery of the cheapest peer`, [app, cheapest], cpu, [1, false]),
  ];
}

function ofLimits(results: Results): Target[] {
  const targets: Target[] = [];
  const app = results.throughput?.[BATCHES]?.[APP];
  if (app && results.limits)
    targets.push(
      ratio(
        `${BATCHES}: the combined limit`,
        app.deliveriesPerSecond.median / results.limits.combinedPerSecond.median,
        0.3,
        true,
      ),
    );
  const empty = results.emptyRoute?.[ONE_BY_ONE];
  const published = results.throughput?.[ONE_BY_ONE]?.[APP];
  if (empty && published)
    targets.push(
      ratio(
        `${ONE_BY_ONE}: requests of an empty route`,
        published.eventsPerSecond.median / empty.median,
        0.6,
        true,
      ),
    );
  const { app: own, [BARE_LOOP]: bare } = results.latencyRounds ?? {};
  if (own && bare) {
    const what = 'publish → receive at half of the top rate';
    targets.push(
      roundByRound(`${what}: p50 of the bare loop`, [own, bare], ({ p50 }) => p50, [3, false]),
      roundByRound(`${what}: p99 of the bare loop`, [own, bare], ({ p99 }) => p99, [10, false]),
    );
  }
  return targets;
}

function ofScale({ scale }: Results): Target[] {
  const [first, last] = [scale?.[0], scale?.at(-1)];
  if (first === undefined || last === undefined || first === last) return [];
  return Object.entries(last.ofSmallest).map(([call, ofRounds]) =>
    medianRatio(
      `${call} at ${last.deliveries.toLocaleString('en')} of ${first.deliveries.toLocaleString('en')} deliveries`,
      ofRounds,
      FLAT,
      false,
    ),
  );
}

function ofRetention({ retention }: Results): Target[] {
  if (retention === undefined) return [];
  const week = `a partition of ${retention.deliveries.toLocaleString('en')} deliveries`;
  const longest = (what: string, measured: number): Target => ({
    what: `the longest publish while ${week} ${what}`,
    measured,
    bound: LONGEST_PUBLISH_MS,
    atLeast: false,
    unit: 'ms',
  });
  return [
    longest('is dropped', retention.dropping.longestMs),
    longest(
      'is read and cannot be',
      Math.max(retention.partitionRead.longestMs, retention.tableRead.longestMs),
    ),
  ];
}

/** Everything to reach that these results speak of. */
export function targetsOf(results: Results): Target[] {
  const late = (results.punctuality ?? []).map(
    ({ waitSeconds, withinOneSecond }): Target => ({
      what: `retries after ${waitSeconds} s that come within 1 s of their time`,
      measured: withinOneSecond * 100,
      bound: 99,
      atLeast: true,
      unit: '%',
    }),
  );
  const waits = results.fairness ? [results.fairness.published.max, results.fairness.orphaned.max] : [];
  const fair = waits.map(
    (max, at): Target => ({
      what: `single event beside the backlog, ${at === 0 ? 'published' : 'left by a dead process'}: longest wait`,
      measured: max / 1_000,
      bound: 2,
      atLeast: false,
      unit: 's',
    }),
  );
  return [
    ...besidePeers(results, BATCHES, 1, true),
    ...besidePeers(results, ONE_BY_ONE, 1.2, false),
    ...ofLimits(results),
    ...ofScale(results),
    ...ofRetention(results),
    ...late,
    ...fair,
  ];
}
