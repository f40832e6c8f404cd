import { v7 } from 'uuid';
import { rpcOfClient } from '@/lib/supabase/rpc';
import { engineDatabase } from '@/lib/webhooks/database';
import { deliver } from '@/lib/webhooks/deliver';
import { createDispatcher } from '@/lib/webhooks/dispatch';
import { allowLoopback, createEgress } from '@/lib/webhooks/egress';
import { LEASES, SWITCH_OFF_RULES } from '@/lib/webhooks/policy';
import { createPublisher, type EventInput } from '@/lib/webhooks/publish';
import { createRecorder } from '@/lib/webhooks/record';
import { createResender } from '@/lib/webhooks/resend';
import { createSeal } from '@/lib/webhooks/seal';
import { sweep } from '@/lib/webhooks/sweep';
import { type Clock, systemClock } from '@/lib/webhooks/types';
import type { World } from './world';

/** A clock that stands until it is moved; the database is told the same time. */
export interface ManualClock extends Clock {
  advance(ms: number): void;
}

export function manualClock(start = new Date()): ManualClock {
  let at = start.getTime();
  return {
    now: () => new Date(at),
    databaseNow: () => new Date(at).toISOString(),
    advance: (ms) => {
      at += ms;
    },
  };
}

export interface WorkerOptions {
  clock?: Clock;
  places?: number;
  lanes?: { initial: number; min: number; max: number };
  ownRetriesWithinMs?: number;
}

/** Everything that one process of the app has, put together as `lib/webhooks/engine.ts` does. */
export function startWorker(world: World, options: WorkerOptions = {}) {
  const clock = options.clock ?? systemClock;
  const logged: { level: string; fields: object; message: string }[] = [];
  const at = (level: string) => (fields: object, message: string) => {
    logged.push({ level, fields, message });
  };
  const log = { info: at('info'), warn: at('warn'), error: at('error') };
  const database = engineDatabase(rpcOfClient(world.client), clock, {
    leases: LEASES,
    rules: SWITCH_OFF_RULES,
  });
  const egress = createEgress({ policy: allowLoopback, maxConnectionsPerOrigin: 192 });
  const seal = createSeal(null);
  const recorder = createRecorder(database, log);
  const dispatcher = createDispatcher({
    database,
    deliver: (delivery, signal) =>
      deliver(delivery, { egress, clock, random: Math.random, unseal: seal.unseal }, signal),
    record: recorder,
    log,
    places: options.places ?? 384,
    lanes: options.lanes ?? { initial: 32, min: 2, max: 128 },
    // With a clock of their own, tests decide when a retry is due.
    ownRetriesWithinMs: options.ownRetriesWithinMs ?? -1,
  });
  const newId = (now: Date) => v7({ msecs: now.getTime() });
  const work = new Set<Promise<unknown>>();
  const publisher = createPublisher({
    database,
    dispatcher,
    clock,
    newId,
    later: (promise) => {
      work.add(promise);
      void promise.finally(() => work.delete(promise));
    },
  });
  const settled = async () => {
    await Promise.all([...work]);
  };

  return {
    database,
    dispatcher,
    egress,
    logged,
    recorder,
    resender: createResender({ database, dispatcher, clock, newId }),
    publisher,
    /** Publishes and waits until the first attempts are recorded. */
    async publish(organizationId: string, ...events: EventInput[]) {
      const results = await publisher({ organizationId }, events);
      await settled();
      return results;
    },
    settled,
    sweepOnce: () => sweep({ database, dispatcher, log, holder: crypto.randomUUID(), tick: 0, stayMs: null }),
    sweepFor: (stayMs: number, tick: number, signal?: AbortSignal) =>
      sweep({ database, dispatcher, log, holder: crypto.randomUUID(), tick, stayMs, signal }),
    async close() {
      await dispatcher.stop(0);
      await egress.close();
    },
  };
}

export type Worker = ReturnType<typeof startWorker>;
