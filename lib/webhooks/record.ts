/** Outcomes into the database: concurrent ones in one call, repeated while the database does not answer. */
import { setTimeout as sleep } from 'node:timers/promises';
import { coalesce } from './coalesce';
import { DatabaseError, type EngineDatabase } from './database';
import type { Outcome } from './types';

export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

const GATHER = { ms: 40, items: 500 };
const PAUSES_MS = [100, 400, 1600, 4000];

/**
 * Answers a function that records an outcome and resolves when it is stored: true, or false when the database did not
 * take it after several tries. Then the lease runs out and the delivery is sent again (at-least-once), which is logged.
 */
export function createRecorder(database: Pick<EngineDatabase, 'record'>, log: Log) {
  const add = coalesce<Outcome, null>({
    maxItems: 500,
    // One at a time, and not at once: what comes meanwhile goes together, and a call costs nearly the same for one
    // outcome as for fifty. The receiver has its delivery, and nobody waits for this.
    concurrency: 1,
    gather: GATHER,
    isTransient: (error) => error instanceof DatabaseError && error.transient,
    run: async (outcomes) => {
      // By id, so that two processes that record the same deliveries cannot wait for each other.
      const answer = await database.record([...outcomes].sort((a, b) => (a.id < b.id ? -1 : 1)));
      if (answer.late > 0) log.warn({ late: answer.late }, 'outcomes came after their lease');
      for (const [webhookId, reason] of Object.entries(answer.off))
        log.warn({ webhookId, reason }, 'webhook switched off');
      return outcomes.map(() => null);
    },
  });

  return async (outcome: Outcome): Promise<boolean> => {
    for (let tries = 0; ; tries += 1) {
      try {
        await add([outcome]);
        return true;
      } catch (error) {
        const pauseMs = PAUSES_MS[tries];
        if (pauseMs === undefined) {
          log.error({ deliveryId: outcome.id, error: String(error) }, 'outcome not recorded');
          return false;
        }
        await sleep(pauseMs);
      }
    }
  };
}
