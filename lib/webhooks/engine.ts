/** Puts the engine of this process together: the only place that knows which clock, chance, database and policy it has. */
import 'server-only';
import { randomUUID } from 'node:crypto';
import { env } from '@/lib/env';
import { log } from '@/lib/log';
import { onShutdown } from '@/lib/shutdown';
import { serverRpc } from '@/lib/supabase/admin';
import { engineDatabase } from './database';
import { deliver } from './deliver';
import { createDispatcher } from './dispatch';
import { createEgress } from './egress';
import { later } from './later';
import { newId } from './new-id';
import { LEASES, SWITCH_OFF_RULES } from './policy';
import { createPublisher } from './publish';
import { createRecorder } from './record';
import { createResender } from './resend';
import { createSeal } from './seal';
import { sweep } from './sweep';
import { targetRules } from './target-rules';
import { systemClock } from './types';

/** Vercel gives an instance 1,024 file descriptors. */
const PLACES = 384;
/** Leased deliveries that may wait in this process: a second or two of what two cores send, for one webhook a third of it. */
const QUEUE = 48_000;
const LANES = { initial: 8, min: 1, max: 128 };
const MOST_BYTES = 64 * 1024 * 1024;
/** A lease lasts 30 s longer than an attempt may: what waited longer than this is given back. */
const PATIENCE_MS = 15_000;
const OWN_RETRIES_MS = 60_000;
/** Under the shutdown's own limit. */
const STOP_GRACE_MS = 4_000;
const STAY_MS = 740_000;
const TICK_MS = 300_000;

function createEngine() {
  const clock = systemClock;
  const database = engineDatabase(serverRpc, clock, {
    leases: LEASES,
    rules: SWITCH_OFF_RULES,
    retentionDays: env().HIREHOOK_RETENTION_DAYS,
  });
  const egress = createEgress({ ...targetRules(), maxConnectionsPerOrigin: PLACES / 2 });
  const key = env().HIREHOOK_ENCRYPTION_KEY;
  const seal = createSeal(key ? Buffer.from(key, /^[0-9a-f]{64}$/i.test(key) ? 'hex' : 'base64') : null);
  const dispatcher = createDispatcher({
    database,
    deliver: (delivery, signal) =>
      deliver(delivery, { egress, clock, random: Math.random, unseal: seal.unseal }, signal),
    record: createRecorder(database, log),
    log,
    places: PLACES,
    queue: QUEUE,
    mostBytes: MOST_BYTES,
    patienceMs: PATIENCE_MS,
    lanes: LANES,
    ownRetriesWithinMs: OWN_RETRIES_MS,
  });
  const stopped = new AbortController();
  onShutdown(async () => {
    stopped.abort();
    await dispatcher.stop(STOP_GRACE_MS);
    await egress.close();
  });

  return {
    publish: createPublisher({ database, dispatcher, clock, newId, later }),
    resender: createResender({ database, dispatcher, clock, newId }),
    seal: seal.seal,
    backlog: database.backlog,
    pump: dispatcher.pump,
    /** `once`: a single pass over what is due; otherwise stays until the next tick's sweep takes over. */
    sweep: ({ once }: { once: boolean }) =>
      sweep({
        database,
        dispatcher,
        log,
        holder: randomUUID(),
        tick: Math.floor(Date.now() / TICK_MS),
        stayMs: once ? null : STAY_MS,
        signal: stopped.signal,
      }),
  };
}

export type Engine = ReturnType<typeof createEngine>;

declare global {
  // Next gives each of its bundles modules of its own: the process has one engine.
  var __hirehookEngine: Engine | undefined;
}

/** The engine of this process, made on first use. */
export function engine(): Engine {
  globalThis.__hirehookEngine ??= createEngine();
  return globalThis.__hirehookEngine;
}
