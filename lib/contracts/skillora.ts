import type { Contract } from './contract';
import { COMPACT_JSON, MINUTE, SECOND, SUSTAINED_FAILURE } from './parts';

export const skillora: Contract = {
  name: 'skillora',
  title: 'Skillora',
  userAgent: 'Skillora-Webhook/1.0',
  ownedBy: 'organization',
  casing: 'snake_case',
  absentFields: 'filled',
  envelope: [
    { field: 'event', source: 'event' },
    { field: 'timestamp', source: 'occurredAt' },
    { field: 'data', source: 'data' },
  ],
  json: COMPACT_JSON,
  timestamps: 'seconds',
  headers: [
    { name: 'X-Webhook-Event', source: 'subscription' },
    { name: 'X-Webhook-Delivery', source: 'occurredAt' },
  ],
  signature: { header: 'X-Webhook-Signature-256', prefix: 'sha256=' },
  secret: { prefix: 'whsec_', bytes: 32, encoding: 'base64', custom: true },
  retry: { delaysMs: [MINUTE, 5 * MINUTE, 30 * MINUTE], jitter: 0, finalStatuses: [] },
  timeouts: { connectMs: 30 * SECOND, answerMs: 30 * SECOND, totalMs: 30 * SECOND },
  switchOff: SUSTAINED_FAILURE,
  wildcards: false,
  events: [
    {
      type: 'interview.completed',
      subscription: 'interview_completed',
      envelope: 'interview.completed',
      whenGiven: ['applicationId'],
    },
    {
      type: 'mock_interview.completed',
      subscription: 'mock_interview_completed',
      envelope: 'mock_interview_completed',
    },
  ],
  test: { event: 'test', message: 'This is a test webhook from Skillora' },
};
