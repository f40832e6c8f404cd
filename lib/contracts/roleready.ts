import type { Contract } from './contract';
import { COMPACT_JSON, offer, SECOND, SUSTAINED_FAILURE } from './parts';

export const roleready: Contract = {
  name: 'roleready',
  title: 'RoleReady',
  userAgent: 'RoleReady-Webhook/1.0',
  ownedBy: 'user',
  casing: 'camelCase',
  absentFields: 'filled',
  envelope: [
    { field: 'event', source: 'event' },
    { field: 'deliveryId', source: 'deliveryId' },
    { field: 'timestamp', source: 'occurredAt' },
    { field: 'userId', source: 'userId' },
    { field: 'data', source: 'data' },
  ],
  json: COMPACT_JSON,
  timestamps: 'milliseconds',
  headers: [
    { name: 'X-Webhook-Event', source: 'subscription' },
    { name: 'X-Webhook-Delivery-Id', source: 'deliveryId' },
  ],
  signature: { header: 'X-Webhook-Signature', prefix: '' },
  secret: { prefix: '', bytes: 32, encoding: 'hex', custom: false },
  retry: { delaysMs: [SECOND, 5 * SECOND, 15 * SECOND], jitter: 0, finalStatuses: [] },
  timeouts: { connectMs: 10 * SECOND, answerMs: 10 * SECOND, totalMs: 10 * SECOND },
  switchOff: SUSTAINED_FAILURE,
  wildcards: false,
  events: [
    offer('resume.parsed'),
    offer('resume.parse_failed'),
    offer('ats.check_completed'),
    offer('ats.check_failed'),
    offer('tailoring.completed'),
    offer('tailoring.failed'),
    offer('operation.cancelled'),
  ],
  test: { event: 'webhook.test', message: 'This is a test webhook from RoleReady' },
};
