import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { fitInto, warnings } from './simulate/limits.ts';
import { type Plan, simulate, type UnitCosts } from './simulate/model.ts';

/**
 * `node bench/simulate.ts [results.json] [--months n] [--retention days] [--receiver-ms n] [--per-request n]`: what
 * 10^6, 10^9 and 10^11 deliveries a month need, from the costs that the benchmark measured. Prints Markdown.
 */
const RESULTS = path.join(import.meta.dirname, 'results');
const LOADS = [1e6, 1e9, 1e11];
const costSchema = z.object({
  transactionsPer10k: z.number(),
  functions: z.record(z.string(), z.object({ callsPer10k: z.number(), msPer10k: z.number() })),
  walBytes: z.number(),
  storedBytes: z.record(z.string(), z.number()),
  appCpuPer10k: z.number(),
  databaseCpuPer10k: z.number(),
});
const resultsSchema = z.object({ costs: z.object({ 'in batches': costSchema, 'one by one': costSchema }) });

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    months: { type: 'string', default: '6' },
    retention: { type: 'string', default: '90' },
    'receiver-ms': { type: 'string', default: '300' },
    'per-request': { type: 'string', default: '1' },
  },
});

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

/** The newest results that know what a delivery costs: a quick run, or one of some parts, does not. */
function newest(): string {
  const file = readdirSync(RESULTS)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .reverse()
    .map((name) => path.join(RESULTS, name))
    .find((candidate) => resultsSchema.safeParse(read(candidate)).success);
  if (file === undefined) throw new Error('no results with costs: npm run bench -- --only costs');
  return file;
}

function unitCosts(cost: z.infer<typeof costSchema>): UnitCosts {
  const calls = Object.values(cost.functions);
  const ms = calls.reduce((sum, { msPer10k }) => sum + msPer10k, 0);
  return {
    appCpuSeconds: cost.appCpuPer10k / 10_000,
    databaseCpuSeconds: cost.databaseCpuPer10k / 10_000,
    storedBytes: Object.values(cost.storedBytes).reduce((sum, bytes) => sum + bytes, 0),
    walBytes: cost.walBytes,
    transactions: cost.transactionsPer10k / 10_000,
    transactionSeconds: ms / 1_000 / Math.max(1, cost.transactionsPer10k),
  };
}

const file = positionals[0] ?? newest();
const { costs } = resultsSchema.parse(read(file));
const perRequest = Number(values['per-request']);
const unit = unitCosts(perRequest > 1 ? costs['in batches'] : costs['one by one']);
const planFor = (deliveriesPerMonth: number): Plan => ({
  deliveriesPerMonth,
  months: Number(values.months),
  retentionDays: Number(values.retention),
  receiverSeconds: Number(values['receiver-ms']) / 1_000,
  failing: 0.03,
  attemptsOfFailing: 2.5,
  largestReceiver: 0.1,
  outageHours: 6,
  placesPerInstance: 384,
  cpuPerInstance: 1,
  connectionsPerInstance: 2,
});

const show = (value: number): string =>
  value >= 1e15 || (value !== 0 && value < 1e-3)
    ? value.toExponential(1)
    : Number(value.toPrecision(3)).toLocaleString('en');
const size = (bytes: number): string =>
  bytes >= 1e12
    ? `${show(bytes / 1e12)} TB`
    : bytes >= 1e9
      ? `${show(bytes / 1e9)} GB`
      : `${show(bytes / 1e6)} MB`;
const loads = LOADS.map((load) => {
  const needs = simulate(unit, planFor(load));
  return { load, needs, fitted: fitInto(needs), warned: warnings(needs) };
});
const row = (what: string, cell: (load: (typeof loads)[number]) => string): string =>
  `| ${what} | ${loads.map(cell).join(' | ')} |`;

process.stdout.write(
  [
    `From ${path.basename(file)}: ${values.months} months, ${values.retention} days kept, receivers answer in ${values['receiver-ms']} ms.`,
    '',
    row('deliveries a month', ({ load }) => `10^${Math.round(Math.log10(load))}`),
    row('---', () => '---:'),
    row(
      'deliveries/s: average, busiest minute',
      ({ needs }) => `${show(needs.averageDeliveriesPerSecond)}, ${show(needs.peakDeliveriesPerSecond)}`,
    ),
    row('attempts/s, busiest minute', ({ needs }) => show(needs.peakAttemptsPerSecond)),
    row('database processors busy', ({ needs }) => show(needs.databaseCores)),
    row('functions at once', ({ needs }) => show(needs.functionInstances)),
    row('function CPU hours a month', ({ needs }) => show(needs.functionCpuHoursPerMonth)),
    row(
      'connections: held, busy',
      ({ needs }) => `${show(needs.connections)}, ${show(needs.busyConnections)}`,
    ),
    row('database at the end', ({ needs }) => size(needs.databaseBytes)),
    row('weekly partitions, a table', ({ needs }) => show(needs.weeklyPartitions)),
    row(
      'largest: deliveries, bytes',
      ({ needs }) => `${show(needs.partitionRows)}, ${size(needs.partitionBytes)}`,
    ),
    row('WAL a day', ({ needs }) => size(needs.walBytesPerDay)),
    row('backlog after an outage of the largest receiver', ({ needs }) => show(needs.deepestBacklog)),
    row('Supabase compute', ({ fitted }) =>
      fitted.databases > 1 ? `${fitted.databases} × ${fitted.compute}` : fitted.compute,
    ),
    row('what asks for it first', ({ fitted }) => fitted.first),
    row('also', ({ warned }) => warned.join('; ') || '—'),
    '',
  ].join('\n'),
);
