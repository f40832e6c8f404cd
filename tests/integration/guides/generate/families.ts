import type { ContractName } from '@/lib/contracts/contract';

/** How a contract's webhooks are managed over HTTP: what a guide prints, and the tests call. */
export interface Family {
  readonly subscribe: {
    readonly path: string;
    readonly body: Record<string, unknown>;
    readonly status: number;
  };
  /** Where the subscribe call's answer has the webhook's id and its secret. */
  readonly id: string;
  readonly secret: string;
  readonly test: string;
  /** `hours`: how the overlap is called; `secret`: where the answer has the new secret. */
  readonly rotate: { readonly path: string; readonly hours: string; readonly secret: string };
  readonly history: string;
  readonly switchOn: {
    readonly method: 'POST' | 'PATCH' | 'PUT';
    readonly path: string;
    readonly body: string;
  };
}

/** The receiver in the guides' calls; the tests put their own in its place. */
export const RECEIVER = 'https://receiver.example.com/webhooks';

const ID = '$WEBHOOK_ID';
const RECRUITER = '/api/recruiter/webhooks';

const recruiter = {
  id: 'webhook.id',
  secret: 'webhook.secret',
  test: `${RECRUITER}/${ID}/test`,
  rotate: { path: `${RECRUITER}/${ID}/rotate-secret`, hours: 'overlapHours', secret: 'secret' },
  history: `${RECRUITER}/${ID}/deliveries`,
  switchOn: { method: 'PATCH', path: `${RECRUITER}/${ID}`, body: '{ "is_active": true }' },
} as const;

const description = 'Production';

export const FAMILIES: Record<ContractName, Family> = {
  bpoc: {
    ...recruiter,
    subscribe: {
      path: RECRUITER,
      body: { url: RECEIVER, events: ['application.*', 'offer.accepted'], description },
      status: 201,
    },
  },
  'smart-hiring': {
    subscribe: {
      path: '/api/webhooks/subscriptions',
      body: { url: RECEIVER, events: ['application.created', 'quiz.completed'], description },
      status: 201,
    },
    id: 'data.id',
    secret: 'data.secret',
    test: `/api/webhooks/subscriptions/${ID}/test`,
    rotate: {
      path: `/api/webhooks/subscriptions/${ID}/rotate-secret`,
      hours: 'overlap_hours',
      secret: 'data.secret',
    },
    history: `/api/webhooks/subscriptions/${ID}/deliveries?limit=50`,
    switchOn: { method: 'PUT', path: `/api/webhooks/subscriptions/${ID}`, body: '{ "active": true }' },
  },
  roleready: {
    subscribe: {
      path: '/api/webhooks/config',
      body: { url: RECEIVER, enabled: true, enabledEvents: ['resume.parsed', 'tailoring.completed'] },
      status: 200,
    },
    id: 'config.id',
    secret: 'config.secret',
    test: '/api/webhooks/test',
    rotate: { path: '/api/webhooks/regenerate-secret', hours: 'overlapHours', secret: 'secret' },
    history: '/api/webhooks/logs?limit=50&success=false',
    switchOn: {
      method: 'POST',
      path: '/api/webhooks/config',
      body: `{ "url": "${RECEIVER}", "enabled": true, "enabledEvents": ["resume.parsed", "tailoring.completed"] }`,
    },
  },
  skillora: {
    subscribe: {
      path: '/api/v1/webhook-endpoints/',
      body: { url: RECEIVER, events: ['interview_completed', 'mock_interview_completed'], description },
      status: 201,
    },
    id: 'id',
    secret: 'secret',
    test: `/api/v1/webhook-endpoints/${ID}/test/`,
    rotate: {
      path: `/api/v1/webhook-endpoints/${ID}/regenerate_secret/`,
      hours: 'overlap_hours',
      secret: 'secret',
    },
    history: `/api/v1/webhook-deliveries/?endpoint_id=${ID}&status=failed`,
    switchOn: { method: 'PATCH', path: `/api/v1/webhook-endpoints/${ID}/`, body: '{ "is_active": true }' },
  },
  'hr-intelligence': {
    subscribe: {
      path: '/api/v1/webhooks',
      body: { url: RECEIVER, events: ['query.created', 'query.escalated'] },
      status: 201,
    },
    id: 'id',
    secret: 'secret_key',
    test: `/api/v1/webhooks/${ID}/test`,
    rotate: { path: `/api/v1/webhooks/${ID}/rotate-secret`, hours: 'overlap_hours', secret: 'secret_key' },
    history: `/api/v1/webhooks/${ID}/deliveries?skip=0&limit=50`,
    switchOn: { method: 'PUT', path: `/api/v1/webhooks/${ID}`, body: '{ "is_active": true }' },
  },
  standard: {
    ...recruiter,
    subscribe: {
      path: RECRUITER,
      body: { url: RECEIVER, contract: 'standard', events: ['application.*', 'resume.parsed'], description },
      status: 201,
    },
  },
};
