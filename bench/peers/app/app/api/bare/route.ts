import { after } from 'next/server';
import { readEvent, required } from '../../../../publish.ts';
import { send } from '../../../../send.ts';

/** The bare loop behind a route: after the answer, the signed POST, and nothing is stored. */
export async function POST(request: Request): Promise<Response> {
  const jobs = await readEvent(request);
  const id = crypto.randomUUID();
  after(() => Promise.all(jobs.map((job) => send(required('RECEIVER_URL'), id, job))));
  return Response.json({ id }, { status: 202 });
}
