import { Logger, makeWorkerUtils, type WorkerUtils } from 'graphile-worker';
import { readEvent, required } from '../../../../publish.ts';

const TASK = 'webhook';
let utils: Promise<WorkerUtils> | undefined;

/** Publishing with graphile-worker: `addJob` for one webhook, `addJobs` for several. */
export async function POST(request: Request): Promise<Response> {
  const jobs = await readEvent(request);
  utils ??= makeWorkerUtils({
    connectionString: required('DATABASE_URL'),
    logger: new Logger(() => () => undefined),
  });
  const publisher = await utils;
  const [first] = jobs;
  const id =
    jobs.length === 1 && first !== undefined
      ? (await publisher.addJob(TASK, first)).id
      : (await publisher.addJobs(jobs.map((payload) => ({ identifier: TASK, payload })))).length;
  return Response.json({ id }, { status: 202 });
}
