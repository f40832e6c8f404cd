import type { ContractName } from '@/lib/contracts/contract';

/** How a contract's webhooks are managed over HTTP: what a guide prints, and the tests call. */
export interface Family {
  /** The route file of the subscribe call, under `app/`. */
  readonly routeFile: string;
  readonly subscribe: {
    readonly path: string;
    readonly body: Record<string, unknown>;
    readonly status: number;
  };
  /** Where the subscribe call's answer has the webhook's id and its secret. */
  readonly id: string;
  readonly secret: string;
  /** Paths of the contract's own routes; null where it has none, and the recruiter's route serves. */
  readonly test: string | null;
  readonly rotate: string | null;
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
  routeFile: 'api/recruiter/webhooks/route.ts',
  id: 'webhook.id',
  secret: 'webhook.secret',
  test: `${RECRUITER}/${ID}/test`,
  rotate: null,
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
    routeFile: 'api/webhooks/subscriptions/route.ts',
    subscribe: {
      path: '/api/webhooks/subscriptions',
      body: { url: RECEIVER, events: ['application.created', 'quiz.completed'], description },
      status: 201,
    },
    id: 'data.id',
    secret: 'data.secret',
    test: null,
    rotate: null,
    history: `/api/webhooks/subscriptions/${ID}/deliveries?limit=50`,
    switchOn: { method: 'PUT', path: `/api/webhooks/subscriptions/${ID}`, body: '{ "active": true }' },
  },
  roleready: {
    routeFile: 'api/webhooks/config/route.ts',
    subscribe: {
      path: '/api/webhooks/config',
      body: { url: RECEIVER, enabled: true, enabledEvents: ['resume.parsed', 'tailoring.completed'] },
      status: 200,
    },
    id: 'config.id',
    secret: 'config.secret',
    test: '/api/webhooks/test',
    rotate: '/api/webhooks/regenerate-secret',
    history: '/api/webhooks/logs?limit=50&success=false',
    switchOn: {
      method: 'POST',
      path: '/api/webhooks/config',
      body: `{ "url": "${RECEIVER}", "enabled": true, "enabledEvents": ["resume.parsed", "tailoring.completed"] }`,
    },
  },
  skillora: {
    routeFile: 'api/v1/webhook-endpoints/route.ts',
    subscribe: {
      path: '/api/v1/webhook-endpoints/',
      body: { url: RECEIVER, events: ['interview_completed', 'mock_interview_completed'], description },
      status: 201,
    },
    id: 'id',
    secret: 'secret',
    test: `/api/v1/webhook-endpoints/${ID}/test/`,
    rotate: `/api/v1/webhook-endpoints/${ID}/regenerate_secret/`,
    history: `/api/v1/webhook-deliveries/?endpoint_id=${ID}&status=failed`,
    switchOn: { method: 'PATCH', path: `/api/v1/webhook-endpoints/${ID}/`, body: '{ "is_active": true }' },
  },
  'hr-intelligence': {
    routeFile: 'api/v1/webhooks/route.ts',
    subscribe: {
      path: '/api/v1/webhooks',
      body: { url: RECEIVER, events: ['query.created', 'query.escalated'] },
      status: 201,
    },
    id: 'id',
    secret: 'secret_key',
    test: `/api/v1/webhooks/${ID}/test`,
    rotate: null,
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
