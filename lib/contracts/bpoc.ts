import type { Contract } from './contract';
import { COMPACT_JSON, MINUTE, offer, SECOND, SUSTAINED_FAILURE } from './parts';

export const bpoc: Contract = {
  name: 'bpoc',
  title: 'BPOC',
  userAgent: 'BPOC-Webhook/1.0',
  ownedBy: 'organization',
  casing: 'camelCase',
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
    { name: 'X-Webhook-Delivery-Id', source: 'deliveryId' },
  ],
  signature: { header: 'X-Webhook-Signature', prefix: 'sha256=' },
  secret: { prefix: 'whsec_', bytes: 32, encoding: 'base64', custom: false },
  retry: { delaysMs: [MINUTE, 5 * MINUTE, 30 * MINUTE], jitter: 0, finalStatuses: [] },
  timeouts: { connectMs: 10 * SECOND, answerMs: 10 * SECOND, totalMs: 10 * SECOND },
  switchOff: SUSTAINED_FAILURE,
  wildcards: true,
  events: [
    offer('application.created', { omit: ['appliedAt'] }),
    offer('application.status_changed', { omit: ['changedAt', 'changedBy'] }),
    offer('interview.scheduled'),
    offer('interview.completed'),
    offer('offer.sent', { whenGiven: ['reason'] }),
    offer('offer.accepted', { whenGiven: ['reason'] }),
    offer('offer.rejected'),
    offer('video.recording.ready'),
    offer('video.transcript.completed'),
    offer('placement.created'),
  ],
  test: { event: 'test', message: 'This is a test webhook from BPOC' },
};
