import { spread } from '../harness/stats.ts';
import { type Spreads, spreads } from '../results.ts';
import { measureLimits } from '../scenarios/limits.ts';
import { measureRequests } from '../scenarios/requests.ts';
import { measureThroughput, type ThroughputRun } from '../scenarios/throughput.ts';
import type { NamedShape } from '../settings.ts';
import { startHirehook } from '../systems/hirehook.ts';
import { GRAPHILE, PG_BOSS, startPeer } from '../systems/peer.ts';
import { buildPeerApp, startPeerApp } from '../systems/peer-app.ts';
import type { System } from '../systems/system.ts';
import { type Context, using } from './context.ts';

const WARM_UP = 1;
/** The publish route of the app, in the table of requests. */
export const APP_ROUTE = 'publish, answered (the app)';
/** The route that only reads its body. */
export const EMPTY_ROUTE = 'an empty route';

async function startSystems({ settings, bench: { receiver }, database }: Context): Promise<System[]> {
  const url = (name: string) => database.create(name);
  const systems: System[] = [await startHirehook({ receiver, databaseUrl: await url('app') })];
  for (const peer of [PG_BOSS, GRAPHILE])
    for (const batched of settings.everyPeer ? [true, false] : [true])
      systems.push(
        await startPeer(peer, batched, {
          receiver,
          databaseUrl: await url(`${peer.queue}_${batched ? 'many' : 'one'}`),
        }),
      );
  return systems;
}

async function measureShape(context: Context, systems: readonly System[], shape: NamedShape) {
  const { settings, bench, database, log } = context;
  const runs = new Map<string, ThroughputRun[]>();
  const measured = shape.alone ? systems.slice(0, 1) : systems;
  for (let at = -WARM_UP; at < settings.runs; at++)
    for (const system of measured) {
      const run = await measureThroughput(bench, system, shape);
      if (at >= 0) runs.set(system.name, [...(runs.get(system.name) ?? []), run]);
      await database.settle(system.databaseUrl);
    }
  const joined: Record<string, Spreads<ThroughputRun>> = {};
  for (const [name, all] of runs) {
    joined[name] = spreads(all);
    log(`  ${shape.name}: ${name}: ${joined[name].deliveriesPerSecond.median.toFixed(0)} deliveries/s`);
  }
  return joined;
}

/** The app, the peers and what the machine can do at most, in turn, run by run. */
export async function sideBySide(context: Context): Promise<void> {
  const { settings, bench, database, results, log } = context;
  await buildPeerApp();
  const limitsUrl = await database.create('limits');
  const limits = [];
  for (let at = -WARM_UP; at < settings.runs; at++) {
    const run = await measureLimits(bench, limitsUrl, { events: settings.limitEvents, bytes: 1_024 });
    if (at >= 0) limits.push(run);
  }
  results.limits = spreads(limits);
  log(
    `  at most ${results.limits.combinedPerSecond.median.toFixed(0)} deliveries/s, POSTed and then inserted`,
  );

  const systems = await startSystems(context);
  try {
    for (const { name, settings: tuning } of systems) results.systems[name] = tuning;
    results.throughput = {};
    for (const shape of settings.shapes)
      results.throughput[shape.name] = await measureShape(context, systems, shape);
    const [app] = systems;
    if (app === undefined) throw new Error('the app is not among the systems');
    await using(startPeerApp(limitsUrl, bench.receiver.base), async (peerApp) => {
      const empty = { urls: [`${peerApp.url}/api/empty`], headers: {}, status: 202 };
      const load = { events: settings.quick ? 2_000 : 5_000, bytes: 1_024, connections: 64 };
      const [emptyRuns, appRuns]: [number[], number[]] = [[], []];
      for (let at = -WARM_UP; at < settings.runs; at++) {
        const requests = await measureRequests(bench, empty, load);
        const shape = { ...load, fanout: 1, batch: 0 };
        const published = await measureThroughput(bench, app, shape);
        if (at >= 0) {
          emptyRuns.push(requests);
          appRuns.push(published.eventsPerSecond);
        }
      }
      results.requests = { [EMPTY_ROUTE]: spread(emptyRuns), [APP_ROUTE]: spread(appRuns) };
    });
  } finally {
    for (const system of systems) await system.stop();
  }
}
