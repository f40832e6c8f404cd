import { SECRET } from '../harness/event.ts';
import { turned } from '../harness/turned.ts';
import type { Target } from '../load/client.ts';
import { spreads } from '../results.ts';
import { type Latency, measureLatency } from '../scenarios/latency.ts';
import { BARE_LOOP } from '../settings.ts';
import { GRAPHILE, PROMPT_PG_BOSS, startPeer } from '../systems/peer.ts';
import { buildPeerApp, startPeerApp } from '../systems/peer-app.ts';
import type { System } from '../systems/system.ts';
import { BYTES, start, topRate } from './app.ts';
import type { Context } from './context.ts';

interface Measured {
  name: string;
  target: Target;
  secrets: readonly string[];
  stop(): Promise<void>;
}

async function measured(name: string, system: System): Promise<Measured> {
  return { name, target: system.target(1), secrets: await system.webhooks(1), stop: () => system.stop() };
}

/** The bare loop behind a route, and the peers: each as it has started, so that it is stopped where a later one does not start. */
async function* startOthers({ bench: { receiver }, database }: Context): AsyncGenerator<Measured> {
  await buildPeerApp();
  const bare = await startPeerApp(await database.create('latency_bare'), receiver.base);
  yield {
    name: BARE_LOOP,
    target: { urls: [`${bare.url}/api/bare?fanout=1`], headers: {}, status: 202 },
    secrets: [SECRET],
    stop: () => bare.stop(),
  };
  for (const peer of [PROMPT_PG_BOSS, GRAPHILE]) {
    const databaseUrl = await database.create(`latency_${peer.queue}`);
    const system = await startPeer(peer, true, { receiver, databaseUrl });
    yield await measured(system.name, system);
  }
}

/** Publish → receive at half of the app's top rate: the app, the bare loop behind a route, and the peers, in turn. */
export async function latency(context: Context): Promise<void> {
  const { bench, settings, results, log } = context;
  const app = await start(context, 'latency');
  const running = new Set([await measured('app', app)]);
  try {
    const perSecond = (await topRate(context, app)) / 2;
    for await (const other of startOthers(context)) running.add(other);
    const runs = new Map<string, Latency[]>();
    for (let at = 0; at < settings.runs; at++)
      // The order turns, so that none comes after the same one each time.
      for (const system of turned([...running], at)) {
        const load = { perSecond, bytes: BYTES, secrets: system.secrets };
        try {
          await measureLatency(bench, system.target, { ...load, seconds: settings.latencyWarmUpSeconds });
          const run = await measureLatency(bench, system.target, {
            ...load,
            seconds: settings.latencySeconds,
          });
          runs.set(system.name, [...(runs.get(system.name) ?? []), run]);
        } catch (error) {
          if (system.name === 'app') throw error;
          log(`  ${system.name} does not keep up with ${perSecond.toFixed(0)}/s: ${String(error)}`);
          runs.delete(system.name);
          running.delete(system);
          await system.stop();
        }
      }
    results.latencyRounds = Object.fromEntries(runs);
    results.latency = Object.fromEntries([...runs].map(([name, all]) => [name, spreads(all)]));
  } finally {
    for (const system of running) await system.stop();
  }
}
