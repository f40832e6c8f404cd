import { z } from 'zod';
import { definePersonalEvent, id, label, number, optional, text, time } from './event-type';

/** What a candidate's own workspace does with a résumé: each event belongs to that user. */
export const resumes = {
  'resume.parsed': definePersonalEvent({
    group: 'Résumés',
    description: 'A résumé was read in.',
    schema: z.strictObject({
      resumeId: id(),
      fileName: label(),
      parsedAt: optional(time()),
      success: z.boolean(),
    }),
    sample: {
      resumeId: 'res_11XOV',
      fileName: 'zoe-okafor.pdf',
      parsedAt: '2026-01-19T10:05:00Z',
      success: true,
    },
  }),
  'resume.parse_failed': definePersonalEvent({
    group: 'Résumés',
    description: 'A résumé could not be read.',
    schema: z.strictObject({ fileName: label(), error: text(), failedAt: optional(time()) }),
    sample: {
      fileName: 'scan-0042.pdf',
      error: 'The file holds images only',
      failedAt: '2026-01-19T10:05:00Z',
    },
  }),
  'ats.check_completed': definePersonalEvent({
    group: 'Résumés',
    description: 'A résumé was checked against a job description.',
    schema: z.strictObject({
      resumeId: id(),
      score: number(),
      matchedKeywords: number(),
      missingKeywords: number(),
      completedAt: optional(time()),
    }),
    sample: {
      resumeId: 'res_11XOV',
      score: 78.5,
      matchedKeywords: 14,
      missingKeywords: 4,
      completedAt: '2026-01-19T10:07:00Z',
    },
  }),
  'ats.check_failed': definePersonalEvent({
    group: 'Résumés',
    description: 'A résumé could not be checked against a job description.',
    schema: z.strictObject({ resumeId: id(), error: text(), failedAt: optional(time()) }),
    sample: {
      resumeId: 'res_11XOV',
      error: 'The job description is empty',
      failedAt: '2026-01-19T10:07:00Z',
    },
  }),
  'tailoring.completed': definePersonalEvent({
    group: 'Résumés',
    description: 'A résumé was tailored to a job.',
    schema: z.strictObject({
      resumeId: id(),
      jobTitle: label(),
      mode: label(),
      atsScoreImprovement: number(),
      completedAt: optional(time()),
    }),
    sample: {
      resumeId: 'res_11XOV',
      jobTitle: 'Support Team Lead',
      mode: 'FULL',
      atsScoreImprovement: 12.5,
      completedAt: '2026-01-19T10:11:00Z',
    },
  }),
  'tailoring.failed': definePersonalEvent({
    group: 'Résumés',
    description: 'A résumé could not be tailored to a job.',
    schema: z.strictObject({ resumeId: id(), error: text(), failedAt: optional(time()) }),
    sample: {
      resumeId: 'res_11XOV',
      error: 'The language model did not answer in time',
      failedAt: '2026-01-19T10:11:00Z',
    },
  }),
  'operation.cancelled': definePersonalEvent({
    group: 'Résumés',
    description: 'The user stopped a running operation.',
    schema: z.strictObject({ operationType: label(), operationId: id(), cancelledAt: optional(time()) }),
    sample: { operationType: 'tailoring', operationId: 'op_39KDH', cancelledAt: '2026-01-19T10:09:00Z' },
  }),
};
