import { PgBoss } from 'pg-boss';
import { readEvent, required } from '../../../../publish.ts';

const QUEUE = 'webhooks';
let boss: Promise<PgBoss> | undefined;

/** Publishing with pg-boss: `send` for one webhook, `insert` for several. */
export async function POST(request: Request): Promise<Response> {
  const jobs = await readEvent(request);
  boss ??= new PgBoss({
    connectionString: required('DATABASE_URL'),
    max: 10,
    supervise: false,
    schedule: false,
  }).start();
  const publisher = await boss;
  const [first] = jobs;
  const id =
    jobs.length === 1 && first !== undefined
      ? await publisher.send(QUEUE, first)
      : await publisher.insert(
          QUEUE,
          jobs.map((data) => ({ data })),
        );
  return Response.json({ id }, { status: 202 });
}
