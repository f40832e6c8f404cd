import type { Contract } from './contract';
import { MINUTE, offer, SECOND } from './parts';

export const smartHiring: Contract = {
  name: 'smart-hiring',
  title: 'Smart Hiring',
  userAgent: 'SmartHiring-Webhook/1.0',
  ownedBy: 'organization',
  casing: 'snake_case',
  absentFields: 'filled',
  envelope: [
    { field: 'event', source: 'event' },
    { field: 'timestamp', source: 'occurredAt' },
    { field: 'subscription_id', source: 'webhookId' },
    { field: 'data', source: 'data' },
  ],
  json: { sortKeys: true, asciiOnly: true, numbers: 'python', itemSeparator: ', ', keySeparator: ': ' },
  timestamps: 'seconds',
  headers: [
    { name: 'X-Webhook-Event', source: 'subscription' },
    { name: 'X-Webhook-Delivery-ID', source: 'deliveryId' },
  ],
  signature: { header: 'X-Webhook-Signature', prefix: 'sha256=' },
  secret: { prefix: 'whsec_', bytes: 32, encoding: 'base64', custom: false },
  retry: { delaysMs: [2 * MINUTE, 4 * MINUTE, 8 * MINUTE], jitter: 0.1, finalStatuses: [] },
  timeouts: { connectMs: 10 * SECOND, answerMs: 30 * SECOND, totalMs: 40 * SECOND },
  switchOff: { kind: 'consecutive', failedDeliveries: 10 },
  wildcards: false,
  events: [
    offer('application.created'),
    offer('application.status_changed'),
    offer('quiz.started'),
    offer('quiz.completed'),
    offer('job.created', { whenGiven: ['changedFields'] }),
    offer('job.updated'),
    offer('job.closed', { whenGiven: ['changedFields'] }),
    offer('candidate.registered'),
  ],
  test: { event: 'webhook.test', message: 'This is a test webhook from Smart Hiring' },
};
