import { EVENT_TYPES } from '../catalogue';
import type { Contract } from './contract';
import { COMPACT_JSON, HOUR, MINUTE, offer, SECOND, SUSTAINED_FAILURE } from './parts';

/** Standard Webhooks 1.0.0 and nothing else: the standard headers are the contract's own. */
export const standard: Contract = {
  name: 'standard',
  title: 'Standard Webhooks',
  userAgent: 'Hirehook/1.0',
  ownedBy: 'organization',
  casing: 'camelCase',
  absentFields: 'left out',
  envelope: [
    { field: 'type', source: 'event' },
    { field: 'timestamp', source: 'occurredAt' },
    { field: 'data', source: 'data' },
  ],
  json: COMPACT_JSON,
  timestamps: 'seconds',
  headers: [],
  signature: null,
  secret: { prefix: 'whsec_', bytes: 32, encoding: 'base64', custom: false },
  retry: {
    delaysMs: [
      5 * SECOND,
      5 * MINUTE,
      30 * MINUTE,
      2 * HOUR,
      5 * HOUR,
      10 * HOUR,
      14 * HOUR,
      20 * HOUR,
      24 * HOUR,
    ],
    jitter: 0.1,
    finalStatuses: [],
  },
  timeouts: { connectMs: 20 * SECOND, answerMs: 20 * SECOND, totalMs: 20 * SECOND },
  switchOff: SUSTAINED_FAILURE,
  wildcards: true,
  events: EVENT_TYPES.map((type) => offer(type)),
  test: { event: 'test', message: 'This is a test webhook from Hirehook' },
};
