import { Logger, makeWorkerUtils, run as runWorker, type WorkerUtils } from 'graphile-worker';
import { z } from 'zod';
import { event } from '../harness/event.ts';
import { serve } from '../harness/rpc.ts';
import { openOutcomes } from './outcomes.ts';
import { jobSchema, required } from './publish.ts';
import { send } from './send.ts';

/** graphile-worker as a team would run it for throughput: its worker, or its bulk publisher, in a process of its own. */
const TASK = 'webhook';
const logger = new Logger(() => () => undefined);
const workSchema = z.object({
  batched: z.boolean(),
  concurrentJobs: z.number(),
  localQueueSize: z.number(),
  maxPoolSize: z.number(),
  outcomeConnections: z.number(),
});
const enqueueSchema = z.object({
  run: z.number(),
  events: z.number(),
  fanout: z.number(),
  bytes: z.number(),
  batch: z.number(),
});

async function work(params: unknown): Promise<void> {
  const { batched, concurrentJobs, localQueueSize, maxPoolSize, outcomeConnections } =
    workSchema.parse(params);
  const receiver = required('RECEIVER_URL');
  const outcomes = openOutcomes(required('DATABASE_URL'), outcomeConnections);
  await runWorker({
    preset: {
      worker: {
        connectionString: required('DATABASE_URL'),
        concurrentJobs,
        maxPoolSize,
        pollInterval: 500,
        localQueue: { size: localQueueSize },
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
        logger,
      },
    },
    noHandleSignals: true,
    taskList: {
      [TASK]: async (payload, { job }) => {
        const outcome = await send(receiver, job.id, jobSchema.parse(payload));
        await (batched ? outcomes.joined(outcome) : outcomes.one(outcome));
      },
    },
  });
}

let utils: Promise<WorkerUtils> | undefined;

async function enqueue(params: unknown): Promise<void> {
  const { run, events, fanout, bytes, batch } = enqueueSchema.parse(params);
  utils ??= makeWorkerUtils({ connectionString: required('DATABASE_URL'), logger });
  const publisher = await utils;
  for (let first = 0; first < events; first += batch) {
    const jobs = Array.from({ length: Math.min(batch, events - first) * fanout }, (_, at) => ({
      identifier: TASK,
      payload: { event: event(run, first + Math.floor(at / fanout), bytes), webhook: at % fanout },
    }));
    await publisher.addJobs(jobs);
  }
}

serve({ work, enqueue });
