import type { Contract } from './contract';
import { offer, SECOND, SUSTAINED_FAILURE } from './parts';

export const hrIntelligence: Contract = {
  name: 'hr-intelligence',
  title: 'HR Intelligence',
  userAgent: 'HRIntelligence-Webhook/1.0',
  ownedBy: 'organization',
  casing: 'snake_case',
  absentFields: 'filled',
  envelope: [
    { field: 'event', source: 'event' },
    { field: 'timestamp', source: 'occurredAt' },
    { field: 'webhook_id', source: 'webhookId' },
    { field: 'data', source: 'data' },
  ],
  json: { sortKeys: true, asciiOnly: true, numbers: 'python', itemSeparator: ',', keySeparator: ':' },
  timestamps: 'seconds',
  headers: [
    { name: 'X-Webhook-Timestamp', source: 'attemptedAt' },
    { name: 'X-Webhook-ID', source: 'webhookId' },
  ],
  signature: { header: 'X-Webhook-Signature', prefix: '' },
  secret: { prefix: 'wsk_live_', bytes: 32, encoding: 'base64url', custom: false },
  retry: { delaysMs: [SECOND, 2 * SECOND], jitter: 0, finalStatuses: [[300, 499]] },
  timeouts: { connectMs: 10 * SECOND, answerMs: 10 * SECOND, totalMs: 10 * SECOND },
  switchOff: SUSTAINED_FAILURE,
  wildcards: false,
  events: [
    offer('query.created'),
    offer('query.resolved'),
    offer('query.escalated'),
    offer('feedback.received'),
  ],
  test: { event: 'webhook.test', message: 'This is a test webhook from HR Intelligence' },
};
