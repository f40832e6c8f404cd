import { Agent, request } from 'undici';
import { render, signedHeaders } from '../harness/event.ts';
import type { Job } from './publish.ts';

const CONNECTIONS = 64;
const agent = new Agent({ connections: CONNECTIONS, pipelining: 1 });

/** What came of one attempt, as a peer stores it. */
export interface Outcome {
  jobId: string;
  webhook: number;
  startedAt: Date;
  durationMs: number;
  status: number | null;
  response: string;
}

/** Renders, signs and POSTs a job to its webhook at the receiver `base`; never rejects. */
export async function send(base: string, jobId: string, job: Job): Promise<Outcome> {
  const startedAt = new Date();
  const body = render(job.event, startedAt);
  const headers = signedHeaders(jobId, body, startedAt);
  const done = (status: number | null, response: string): Outcome => {
    return {
      jobId,
      webhook: job.webhook,
      startedAt,
      durationMs: Date.now() - startedAt.getTime(),
      status,
      response,
    };
  };
  try {
    const answer = await request(`${base}/r/${job.webhook}/200/0`, {
      method: 'POST',
      headers,
      body,
      dispatcher: agent,
    });
    return done(answer.statusCode, await answer.body.text());
  } catch (error) {
    return done(null, String(error));
  }
}
