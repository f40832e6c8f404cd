import type { Results, Spreads } from '../results.ts';
import type { ThroughputRun } from '../scenarios/throughput.ts';
import { BATCHES, ONE_BY_ONE } from '../settings.ts';

/** One thing to reach: what was measured, against what. */
export interface Target {
  what: string;
  measured: number;
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

const cpu = (figures: Spreads<ThroughputRun>): number =>
  figures.appCpuPer10k.median + figures.databaseCpuPer10k.median;
const ratio = (what: string, measured: number, bound: number, atLeast: boolean): Target => ({
  what,
  measured,
  bound,
  atLeast,
  unit: '×',
});

function besidePeers(results: Results, shape: string, bound: number, batchedOnly: boolean): Target[] {
  const systems = results.throughput?.[shape];
  const app = systems?.[APP];
  if (systems === undefined || app === undefined) return [];
  const peers = Object.entries(systems)
    .filter(([name]) => name !== APP && (!batchedOnly || name.endsWith('in batches')))
    .map(([, figures]) => figures);
  if (peers.length === 0) return [];
  const best = Math.max(...peers.map((peer) => peer.deliveriesPerSecond.median));
  const cheapest = Math.min(...peers.map(cpu));
  const which = batchedOnly
    ? 'the better peer, outcomes in batches'
    : 'the best peer, however it stores outcomes';
  return [
    ratio(`${shape}: deliveries/s of ${which}`, app.deliveriesPerSecond.median / best, bound, true),
    ratio(`${shape}: CPU a delivery of the cheapest peer`, cpu(app) / cheapest, 1, false),
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
  const [own, bare] = [results.latency?.app, results.latency?.['bare loop behind a route']];
  if (own && bare) {
    targets.push(
      ratio(
        'publish → receive at half of the top rate: p50 of the bare loop',
        own.p50.median / bare.p50.median,
        3,
        false,
      ),
    );
    targets.push(
      ratio(
        'publish → receive at half of the top rate: p99 of the bare loop',
        own.p99.median / bare.p99.median,
        10,
        false,
      ),
    );
  }
  return targets;
}

function ofScale({ scale }: Results): Target[] {
  const [first, last] = [scale?.[0], scale?.at(-1)];
  if (first === undefined || last === undefined || first === last) return [];
  return Object.entries(last.calls).map(([call, { median }]) =>
    ratio(
      `${call} at ${last.deliveries.toLocaleString('en')} of ${first.deliveries.toLocaleString('en')} deliveries`,
      median / (first.calls[call]?.median ?? Number.NaN),
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
