import type { Results } from '../results.ts';
import { range, show, table } from './format.ts';
import { retention } from './retention.ts';
import { reached, targetsOf } from './targets.ts';

const MEGABYTE = 1024 ** 2;

const facts = (of: Record<string, string | number>): string =>
  Object.entries(of)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

function targets(results: Results): string[] {
  const rows = targetsOf(results).map((target) => [
    target.what,
    `${target.range ? range({ median: target.measured, ...target.range }) : show(target.measured)} ${target.unit}`,
    `${target.atLeast ? '≥' : '≤'} ${target.bound} ${target.unit}`,
    reached(target) ? 'yes' : '**no**',
  ]);
  return rows.length === 0
    ? []
    : ['## To reach', '', ...table(['what', 'measured', 'bound', 'reached'], rows)];
}

function throughput({ throughput: shapes }: Results): string[] {
  if (shapes === undefined) return [];
  const head = [
    'system',
    'events/s accepted',
    'deliveries/s',
    'app CPU s / 10,000',
    'database CPU s / 10,000',
    'app MB',
    'database MB',
  ];
  return Object.entries(shapes).flatMap(([shape, systems]) => [
    `### ${shape}`,
    '',
    ...table(
      head,
      Object.entries(systems).map(([name, run]) => [
        name,
        range(run.eventsPerSecond),
        range(run.deliveriesPerSecond),
        range(run.appCpuPer10k),
        range(run.databaseCpuPer10k),
        show(run.appPeakBytes.max / MEGABYTE),
        show(run.databasePeakBytes.max / MEGABYTE),
      ]),
    ),
  ]);
}

function limits({ limits: found, emptyRoute }: Results): string[] {
  const rows: string[][] = [];
  if (found)
    rows.push(
      ['bare undici loop, signed POSTs/s', range(found.postsPerSecond), range(found.postCpuPer10k)],
      [
        'bare multi-row insert, deliveries/s',
        range(found.insertsPerSecond),
        `${range(found.insertAppCpuPer10k)} + database ${range(found.insertDatabaseCpuPer10k)}`,
      ],
      ['one after the other, deliveries/s', range(found.combinedPerSecond), ''],
    );
  for (const [shape, perSecond] of Object.entries(emptyRoute ?? {}))
    rows.push([`an empty route, requests/s, ${shape}`, range(perSecond), '']);
  return rows.length === 0
    ? []
    : ['### At most, on this machine', '', ...table(['what', 'a second', 'CPU s / 10,000'], rows)];
}

function latency({ latency: found }: Results): string[] {
  if (found === undefined) return [];
  const rows = Object.entries(found).map(([name, { perSecond, p50, p95, p99, max }]) => [
    name,
    show(perSecond.median),
    ...[p50, p95, p99, max].map((ms) => range(ms)),
  ]);
  return [
    '## Publish → receive, ms, at half of the app’s top rate',
    '',
    ...table(['system', 'events/s', 'p50', 'p95', 'p99', 'max'], rows),
  ];
}

function costs({ costs: found }: Results): string[] {
  return Object.entries(found ?? {}).flatMap(([how, cost]) => {
    const stored = Object.values(cost.storedBytes).reduce((sum, bytes) => sum + bytes, 0);
    return [
      `## What 10,000 deliveries cost, published ${how}`,
      '',
      ...table(
        ['what', 'for 10,000'],
        [
          ['transactions', show(cost.transactionsPer10k)],
          ...Object.entries(cost.functions).map(([name, { callsPer10k, msPer10k }]) => [
            name,
            `${show(callsPer10k)} calls, ${show(msPer10k)} ms`,
          ]),
          ['CPU s, app and database', `${show(cost.appCpuPer10k)} + ${show(cost.databaseCpuPer10k)}`],
          ['WAL, MB', show((cost.walBytes * 10_000) / MEGABYTE)],
          ['stored, MB', show((stored * 10_000) / MEGABYTE)],
          ...Object.entries(cost.storedBytes).map(([name, bytes]) => [`— ${name}, bytes each`, show(bytes)]),
        ],
      ),
    ];
  });
}

function scale({ scale: points }: Results): string[] {
  const [first] = points ?? [];
  if (points === undefined || first === undefined) return [];
  const rows = Object.keys(first.calls).map((call) => [
    call,
    ...points.map((point) => {
      const spread = point.calls[call];
      return spread === undefined ? '' : range(spread);
    }),
  ]);
  const size = ['database, MB', ...points.map((point) => show(point.databaseBytes / MEGABYTE))];
  const head = ['call, ms', ...points.map((point) => `${point.deliveries.toLocaleString('en')} deliveries`)];
  return [
    '## The same calls as the tables grow',
    '',
    'Tiny bodies, 100 webhooks, 13 weekly partitions, a backlog of 1,000 due deliveries at every size. Each size has a database of its own, and they take turns round by round; what one takes of another is the median over the rounds.',
    '',
    ...table(head, [...rows, size]),
  ];
}

function promptness(results: Results): string[] {
  const lines: string[] = [];
  if (results.punctuality)
    lines.push(
      '## Retries: ms after their time, beside a quarter of the top rate',
      '',
      ...table(
        ['wait', 'retries', 'within 1 s', 'p50', 'p95', 'p99', 'max'],
        results.punctuality.map((late) => [
          `${late.waitSeconds} s`,
          String(late.retries),
          `${show(late.withinOneSecond * 100)} %`,
          ...[late.p50, late.p95, late.p99, late.max].map(show),
        ]),
      ),
    );
  if (results.fairness)
    lines.push(
      '## A single event beside a backlog',
      '',
      `${results.fairness.backlog.toLocaleString('en')} deliveries wait for a receiver that takes 500 ms (it had ${results.fairness.slowPeak} open at most).`,
      '',
      ...table(
        ['single event, ms until received', 'p50', 'p95', 'max'],
        [
          [
            'published through the route',
            ...[
              results.fairness.published.p50,
              results.fairness.published.p95,
              results.fairness.published.max,
            ].map(show),
          ],
          [
            'left in the database by a process that died',
            ...[
              results.fairness.orphaned.p50,
              results.fairness.orphaned.p95,
              results.fairness.orphaned.max,
            ].map(show),
          ],
        ],
      ),
    );
  return lines;
}

function processes({ processes: points }: Results): string[] {
  if (points === undefined) return [];
  const rows = points.map((point) => [
    String(point.processes),
    range(point.batches.deliveriesPerSecond),
    range(point.oneByOne.deliveriesPerSecond),
    show(point.oneByOne.appCpuPer10k.median + point.oneByOne.databaseCpuPer10k.median),
    point.punctuality
      .map((late) => `${late.waitSeconds} s: ${show(late.withinOneSecond * 100)} %`)
      .join(', '),
    show(Math.max(point.fairness.published.max, point.fairness.orphaned.max)),
  ]);
  return [
    '## Several app processes on one database',
    '',
    'Lost, doubled and forged deliveries: none (a run with one fails).',
    '',
    ...table(
      [
        'processes',
        'deliveries/s, batches',
        'deliveries/s, one by one',
        'CPU s / 10,000',
        'retries within 1 s',
        'single event, longest ms',
      ],
      rows,
    ),
  ];
}

/** The report that people read; `plots` are file names of images beside it. */
export function markdown(results: Results, plots: readonly string[]): string {
  return [
    `# Benchmark of ${results.startedAt.slice(0, 10)}${results.quick ? ' (quick)' : ''}`,
    '',
    `Machine: ${facts(results.machine)}.`,
    '',
    `Versions: ${facts(results.versions)}.`,
    '',
    `PostgreSQL: ${facts(results.database)}.`,
    '',
    ...Object.entries(results.systems).map(([name, settings]) => `- ${name}: ${facts(settings)}`),
    '',
    'Figures are medians over the runs, with minimum and maximum; the systems run in rounds, after a warm-up, in an order that turns from round to round. Where one is set against another under “To reach”, it is round by round: the pace of the machine changes between rounds more than within one. A run counts only when the receiver, a process of its own, got every delivery exactly once and every signature that it checked was right.',
    '',
    ...targets(results),
    ...(results.throughput || results.limits ? ['## Throughput', ''] : []),
    ...plots.map((plot) => `![${plot.replace(/\.svg$/, '').replaceAll('-', ' ')}](${plot})`),
    '',
    ...limits(results),
    ...throughput(results),
    ...latency(results),
    ...costs(results),
    ...scale(results),
    ...retention(results),
    ...promptness(results),
    ...processes(results),
  ].join('\n');
}
