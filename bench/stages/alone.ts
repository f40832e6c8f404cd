import { spreads } from '../results.ts';
import { measureCosts } from '../scenarios/costs.ts';
import { measureFairness } from '../scenarios/fairness.ts';
import { measurePunctuality } from '../scenarios/punctuality.ts';
import { measureRetention } from '../scenarios/retention.ts';
import { measureScale } from '../scenarios/scale.ts';
import { measureThroughput, type ThroughputRun } from '../scenarios/throughput.ts';
import { startHirehook } from '../systems/hirehook.ts';
import { BYTES, CONNECTIONS, start, topRate } from './app.ts';
import { type Context, using } from './context.ts';

/** The rate beside which retries are watched: a part of the top rate that leaves room for them. */
const BESIDE = 0.25;

/** What one delivery costs, published in batches and one by one: calls, bytes, CPU. */
export async function costs(context: Context): Promise<void> {
  const { bench, settings, results } = context;
  const deliveries = settings.quick ? 2_000 : 20_000;
  const shape = { fanout: 1, bytes: BYTES, connections: CONNECTIONS };
  await using(start(context, 'costs', { countCalls: true }), async (app) => {
    results.costs = {
      'in batches': await measureCosts(bench, app, { ...shape, events: deliveries, batch: 1_000 }),
      'one by one': await measureCosts(bench, app, { ...shape, events: deliveries / 2, batch: 0 }),
    };
  });
}

/** A database of its own with the app's migrations, which the app applies: it is not needed afterwards. */
async function migrated({ database, bench }: Context, name: string): Promise<string> {
  const databaseUrl = await database.create(name);
  await using(startHirehook({ receiver: bench.receiver, databaseUrl }), async () => undefined);
  return databaseUrl;
}

/** The app's calls at growing sizes of the tables. */
export async function scale(context: Context): Promise<void> {
  const { sizes, scaleRounds: rounds } = context.settings;
  const create = (deliveries: number) => migrated(context, `scale_${deliveries}`);
  context.results.scale = await measureScale(create, { sizes, rounds }, context.log);
}

/** Publishes of single events while the week past retention is dropped. */
export async function retention(context: Context): Promise<void> {
  const { settings, results, log } = context;
  const measured = await measureRetention(await migrated(context, 'retention'), settings.dropped);
  results.retention = measured;
  log(
    `  ${measured.deliveries} deliveries: filled in ${measured.fillSeconds.toFixed(0)} s, dropped in ${measured.dropMs.toFixed(0)} ms`,
  );
}

/** How late retries come beside a load, with the five-minute cron of vercel.json. */
export async function punctuality(context: Context): Promise<void> {
  const { bench, settings, results } = context;
  const { failing, longestWaitSeconds } = settings;
  await using(start(context, 'punctuality'), async (app) => {
    const perSecond = (await topRate(context, app)) * BESIDE;
    results.punctuality = await measurePunctuality(bench, app, {
      failing,
      longestWaitSeconds,
      perSecond,
      bytes: BYTES,
    });
  });
}

/** How long a single event waits beside a deep backlog. */
export async function fairness(context: Context): Promise<void> {
  const { bench, settings, results } = context;
  const { backlog, singles } = settings;
  results.fairness = await using(start(context, 'fairness'), (app) =>
    measureFairness(bench, app, { backlog, singles, bytes: BYTES }),
  );
}

/** Throughput, punctuality and fairness with several app processes on one database. */
export async function processes(context: Context): Promise<void> {
  const { bench, settings, database, results, log } = context;
  results.processes = [];
  for (const count of settings.processes)
    await using(start(context, `processes_${count}`, { processes: count }), async (app) => {
      const deliveries = settings.quick ? 1_000 : 20_000;
      const shape = { events: deliveries, fanout: 1, bytes: BYTES, connections: CONNECTIONS };
      const batches: ThroughputRun[] = [];
      const oneByOne: ThroughputRun[] = [];
      for (let at = -1; at < settings.processRuns; at++) {
        const many = await measureThroughput(bench, app, { ...shape, batch: 1_000 });
        const one = await measureThroughput(bench, app, { ...shape, events: deliveries / 4, batch: 0 });
        await database.settle(app.databaseUrl);
        if (at >= 0) {
          batches.push(many);
          oneByOne.push(one);
        }
      }
      const top = spreads(oneByOne);
      const perSecond = top.deliveriesPerSecond.median * BESIDE;
      const plan = { failing: settings.failing, longestWaitSeconds: 5, perSecond, bytes: BYTES };
      const late = await measurePunctuality(bench, app, plan);
      const backlog = Math.min(settings.backlog, 20_000);
      const fair = await measureFairness(bench, app, { backlog, singles: settings.singles, bytes: BYTES });
      results.processes?.push({
        processes: count,
        batches: spreads(batches),
        oneByOne: top,
        punctuality: late,
        fairness: fair,
      });
      log(`  ${count} processes: ${top.deliveriesPerSecond.median.toFixed(0)} deliveries/s one by one`);
    });
}
