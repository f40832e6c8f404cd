import { PgBoss } from 'pg-boss';
import { z } from 'zod';
import { event } from '../harness/event.ts';
import { serve } from '../harness/rpc.ts';
import { openOutcomes } from './outcomes.ts';
import { type Job, jobSchema, required } from './publish.ts';
import { send } from './send.ts';

/** pg-boss as a team would run it for throughput: its worker, or its bulk publisher, in a process of its own. */
const QUEUE = 'webhooks';
const workSchema = z.object({
  batched: z.boolean(),
  batchSize: z.number(),
  localConcurrency: z.number(),
  outcomeConnections: z.number(),
});
const enqueueSchema = z.object({
  run: z.number(),
  events: z.number(),
  fanout: z.number(),
  bytes: z.number(),
  batch: z.number(),
});
const notify = process.env.NOTIFY === '1';
let boss: PgBoss | undefined;

async function started(): Promise<PgBoss> {
  if (boss === undefined) {
    boss = new PgBoss({ connectionString: required('DATABASE_URL'), max: 10, useListenNotify: notify });
    boss.on('error', (error) => console.error(error));
    await boss.start();
    await boss.createQueue(QUEUE, { partition: true, notify, retryLimit: 3 });
  }
  return boss;
}

async function work(params: unknown): Promise<void> {
  const { batched, batchSize, localConcurrency, outcomeConnections } = workSchema.parse(params);
  const receiver = required('RECEIVER_URL');
  const outcomes = openOutcomes(required('DATABASE_URL'), outcomeConnections);
  await (await started()).work<Job>(
    QUEUE,
    {
      batchSize,
      localConcurrency,
      pollingIntervalSeconds: 0.5,
      notifyPollingIntervalSeconds: 0.5,
      burstWhenBatchFull: true,
    },
    async (jobs) => {
      const sent = jobs.map(({ id, data }) => send(receiver, id, jobSchema.parse(data)));
      if (batched) await outcomes.many(await Promise.all(sent));
      else await Promise.all(sent.map(async (outcome) => outcomes.one(await outcome)));
    },
  );
}

async function enqueue(params: unknown): Promise<void> {
  const { run, events, fanout, bytes, batch } = enqueueSchema.parse(params);
  const publisher = await started();
  for (let first = 0; first < events; first += batch) {
    const jobs = Array.from({ length: Math.min(batch, events - first) * fanout }, (_, at) => ({
      data: { event: event(run, first + Math.floor(at / fanout), bytes), webhook: at % fanout },
    }));
    await publisher.insert(QUEUE, jobs);
  }
}

serve({ work, enqueue });
