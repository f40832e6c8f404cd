import type { DeliveryStatus } from '@/lib/shapes/recruiter';

export interface DeliveryFilter {
  status: DeliveryStatus | null;
  event: string | null;
}

/** Query keys: a bare prefix for each resource, so that one invalidation reaches all that shows it. */
export const keys = {
  me: ['me'] as const,
  catalogue: ['catalogue'] as const,
  webhooks: {
    all: ['webhooks'] as const,
    list: ['webhooks', 'list'] as const,
    detail: (id: string) => ['webhooks', 'detail', id] as const,
    stats: (id: string, days: number) => ['webhooks', 'stats', id, days] as const,
    recoverable: (id: string, since: string) => ['webhooks', 'recoverable', id, since] as const,
  },
  deliveries: {
    all: ['deliveries'] as const,
    ofWebhook: (id: string, filter: DeliveryFilter) => ['deliveries', 'webhook', id, filter] as const,
    ofEvent: (id: string) => ['deliveries', 'event', id] as const,
    detail: (id: string) => ['deliveries', 'detail', id] as const,
  },
  events: {
    all: ['events'] as const,
    list: (type: string | null) => ['events', 'list', type] as const,
  },
  apiKeys: ['api-keys'] as const,
};
