import { z } from 'zod';
import { defineEvent, id, label, number, optional, text, time } from './event-type';

const jobFields = {
  jobId: id(),
  jobTitle: label(),
  status: optional(label()),
  changedFields: optional(z.array(text())),
};

/** Jobs, candidates and assessments. */
export const sourcing = {
  'job.created': defineEvent({
    group: 'Jobs',
    description: 'A job was posted.',
    schema: z.strictObject({ ...jobFields, createdAt: optional(time()) }),
    sample: {
      jobId: 'job_31KX9',
      jobTitle: 'Support Team Lead',
      status: 'open',
      createdAt: '2026-01-12T07:45:00Z',
    },
  }),
  'job.updated': defineEvent({
    group: 'Jobs',
    description: 'The details of a job were changed.',
    schema: z.strictObject({ ...jobFields, updatedAt: optional(time()) }),
    sample: {
      jobId: 'job_31KX9',
      jobTitle: 'Support Team Lead',
      status: 'open',
      changedFields: ['salaryRange', 'location'],
      updatedAt: '2026-01-14T11:05:00Z',
    },
  }),
  'job.closed': defineEvent({
    group: 'Jobs',
    description: 'A job takes no more applications.',
    schema: z.strictObject({ ...jobFields, closedAt: optional(time()) }),
    sample: {
      jobId: 'job_31KX9',
      jobTitle: 'Support Team Lead',
      status: 'closed',
      closedAt: '2026-02-04T17:00:00Z',
    },
  }),
  'candidate.registered': defineEvent({
    group: 'Candidates',
    description: 'A candidate made an account.',
    schema: z.strictObject({
      candidateId: id(),
      candidateName: label(),
      candidateEmail: label(),
      registeredAt: optional(time()),
    }),
    sample: {
      candidateId: 'cand_58ZRD',
      candidateName: 'Zoë Okafor',
      candidateEmail: 'zoe.okafor@example.com',
      registeredAt: '2026-01-20T19:02:00Z',
    },
  }),
  'quiz.started': defineEvent({
    group: 'Assessments',
    description: 'A candidate began an assessment.',
    schema: z.strictObject({
      attemptId: id(),
      quizId: id(),
      candidateId: id(),
      quizTitle: label(),
      startedAt: optional(time()),
    }),
    sample: {
      attemptId: 'att_84CUM',
      quizId: 'quiz_6D1',
      candidateId: 'cand_58ZRD',
      quizTitle: 'Handling a difficult call',
      startedAt: '2026-01-21T13:00:00Z',
    },
  }),
  'quiz.completed': defineEvent({
    group: 'Assessments',
    description: 'A candidate handed in an assessment; it has been scored.',
    schema: z.strictObject({
      attemptId: id(),
      quizId: id(),
      candidateId: id(),
      quizTitle: label(),
      score: number(),
      totalPoints: number(),
      percentage: number(),
      passed: z.boolean(),
      completedAt: optional(time()),
    }),
    sample: {
      attemptId: 'att_84CUM',
      quizId: 'quiz_6D1',
      candidateId: 'cand_58ZRD',
      quizTitle: 'Handling a difficult call',
      score: 37,
      totalPoints: 40,
      percentage: 92.5,
      passed: true,
      completedAt: '2026-01-21T13:24:00Z',
    },
  }),
};
