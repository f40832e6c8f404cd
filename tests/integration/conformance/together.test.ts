import { expect, test } from 'vitest';
import { z } from 'zod';
import { publish, signUp } from './client';
import { promised } from './contracts';
import type { Promised } from './promised';
import { world } from './world';

const here = world();
const record = z.record(z.string(), z.unknown());

/** Subscribes each contract, publishes once, and answers the bodies by contract. */
async function tell(
  email: string,
  event: { type: string; data: unknown },
  webhooks: readonly (readonly [Promised, name: string])[],
): Promise<Map<string, Record<string, unknown>>> {
  const { call } = await signUp(here.app, email);
  const receiver = await here.receiver();
  for (const [{ contract, family }, name] of webhooks)
    await family.create(call, { url: `${receiver.url}/${contract}`, events: [name] });
  expect((await publish(call, event)).deliveries).toBe(webhooks.length);
  const requests = await receiver.waitFor(webhooks.length);
  return new Map(
    requests.map(({ path, rawBody }) => [path.slice(1), record.parse(JSON.parse(rawBody.toString()))]),
  );
}

test('one application reaches three contracts, each in its casing and envelope', async () => {
  const data = {
    applicationId: 'app_1',
    jobId: 'job_1',
    candidateId: 'cand_1',
    candidateName: 'Zoë',
    candidateEmail: 'zoe@example.com',
    jobTitle: 'Lead',
    appliedAt: '2026-01-16T10:30:00Z',
  };
  const { appliedAt: _, ...withoutTime } = data;
  const { bpoc, smart, standard } = promised;
  const bodies = await tell('together@example.com', { type: 'application.created', data }, [
    [bpoc, '*'],
    [smart, 'application.created'],
    [standard, 'application.*'],
  ]);
  expect(bodies.get('bpoc')).toEqual({
    event: 'application.created',
    timestamp: expect.any(String),
    data: withoutTime,
  });
  expect(bodies.get('standard')).toEqual({
    type: 'application.created',
    timestamp: expect.any(String),
    data,
  });
  expect(bodies.get('smart-hiring')).toEqual({
    event: 'application.created',
    timestamp: expect.any(String),
    subscription_id: expect.any(String),
    data: {
      application_id: 'app_1',
      job_id: 'job_1',
      candidate_id: 'cand_1',
      candidate_name: 'Zoë',
      candidate_email: 'zoe@example.com',
      job_title: 'Lead',
      applied_at: '2026-01-16T10:30:00Z',
    },
  });
});

test('a completed interview has two names at Skillora, and one elsewhere', async () => {
  const event = {
    type: 'interview.completed',
    data: { interviewId: 'int_1', candidateId: 'cand_1', applicationId: 'app_1', score: 91.5 },
  };
  const { bpoc, skill, standard } = promised;
  const bodies = await tell('interview@example.com', event, [
    [bpoc, 'interview.*'],
    [skill, 'interview_completed'],
    [standard, 'interview.completed'],
  ]);
  expect(bodies.get('bpoc')).toMatchObject({ event: 'interview.completed', data: event.data });
  expect(bodies.get('standard')).toMatchObject({ type: 'interview.completed', data: event.data });
  expect(bodies.get('skillora')).toMatchObject({
    event: 'interview.completed',
    data: { interview_id: 'int_1', candidate_id: 'cand_1', score: 91.5, job_id: null },
  });
});
