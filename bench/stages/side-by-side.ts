import { monotonicMs } from '../harness/clock.ts';
import { spread } from '../harness/stats.ts';
import { turned } from '../harness/turned.ts';
import { type Spreads, spreads } from '../results.ts';
import { type LimitRun, measureLimits } from '../scenarios/limits.ts';
import { measureRequests } from '../scenarios/requests.ts';
import { measureThroughput, type ThroughputRun } from '../scenarios/throughput.ts';
import { BATCHES, type NamedShape } from '../settings.ts';
import { startHirehook } from '../systems/hirehook.ts';
import { GRAPHILE, PG_BOSS, startPeer } from '../systems/peer.ts';
import { buildPeerApp, startPeerApp } from '../systems/peer-app.ts';
import type { System } from '../systems/system.ts';
import type { Context } from './context.ts';

/** A run of the warm-up has this part of a shape's events; every system has so many turns: the first, too, meets a warm machine. */
const WARM_UP = { part: 0.25, turns: 2 };

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

/**
 * Measures a shape, run by run, system by system; `beside` is measured in each of these rounds too. Their order turns, so
 * that none comes after the same one each time.
 */
async function measureShape(
  context: Context,
  systems: readonly System[],
  shape: NamedShape,
  beside: (events: number) => Promise<void>,
) {
  const { settings, bench, database, log } = context;
  const runs = new Map<string, ThroughputRun[]>();
  const measured = shape.alone ? systems.slice(0, 1) : systems;
  const warmUp = { ...shape, events: Math.ceil(shape.events * WARM_UP.part) };
  let slowest = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < WARM_UP.turns; turn++)
    for (const system of measured) {
      const until = monotonicMs() + settings.warmUpSeconds * 1_000;
      while (monotonicMs() < until) {
        const { deliveriesPerSecond } = await measureThroughput(bench, system, warmUp);
        slowest = Math.min(slowest, deliveriesPerSecond / shape.fanout);
      }
    }
  const events = Math.ceil(
    Math.min(shape.events, Math.max(shape.events / 3, slowest * settings.secondsARun)),
  );
  for (let at = 0; at < settings.runs; at++) {
    for (const system of turned(measured, at)) {
      const run = await measureThroughput(bench, system, { ...shape, events });
      runs.set(system.name, [...(runs.get(system.name) ?? []), run]);
      await database.settle(system.databaseUrl);
    }
    await beside(events);
  }
  const joined: Record<string, Spreads<ThroughputRun>> = {};
  for (const [name, all] of runs) {
    joined[name] = spreads(all);
    log(`  ${shape.name}: ${name}: ${joined[name].deliveriesPerSecond.median.toFixed(0)} deliveries/s`);
  }
  return { joined, rounds: Object.fromEntries(runs) };
}

/** The app, the peers and what the machine can do at most, in turn, run by run. */
export async function sideBySide(context: Context): Promise<void> {
  const { settings, bench, database, results, log } = context;
  await buildPeerApp();
  const limitsUrl = await database.create('limits');
  const peerApp = await startPeerApp(limitsUrl, bench.receiver.base);
  const empty = { urls: [`${peerApp.url}/api/empty`], headers: {}, status: 202 };
  const limitLoad = { events: settings.limitEvents, bytes: 1_024 };
  await measureLimits(bench, limitsUrl, limitLoad);
  await measureRequests(bench, empty, { ...limitLoad, connections: 64 });
  const systems = await startSystems(context);
  try {
    for (const { name, settings: tuning } of systems) results.systems[name] = tuning;
    results.throughput = {};
    results.throughputRounds = {};
    for (const shape of settings.shapes) {
      const limits: LimitRun[] = [];
      const requests: number[] = [];
      const { joined, rounds } = await measureShape(context, systems, shape, async (events) => {
        if (shape.name === BATCHES) {
          limits.push(await measureLimits(bench, limitsUrl, limitLoad));
          await database.settle(limitsUrl);
        }
        if (shape.batch === 0 && !shape.alone)
          requests.push(await measureRequests(bench, empty, { ...shape, events }));
      });
      results.throughput[shape.name] = joined;
      results.throughputRounds[shape.name] = rounds;
      if (limits.length > 0) results.limits = spreads(limits);
      if (requests.length > 0) results.emptyRoute = { ...results.emptyRoute, [shape.name]: spread(requests) };
    }
    const most = results.limits?.combinedPerSecond.median ?? Number.NaN;
    log(`  at most ${most.toFixed(0)} deliveries/s, POSTed and then inserted`);
  } finally {
    await peerApp.stop();
    for (const system of systems) await system.stop();
  }
}
