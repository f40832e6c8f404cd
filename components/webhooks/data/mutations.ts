import { mutationOptions, type QueryClient } from '@tanstack/react-query';
import {
  createdApiKey,
  createdWebhook,
  deleted,
  recoverAnswer,
  retriedDelivery,
  rotatedSecret,
  testAnswer,
  webhookAnswer,
} from '@/lib/shapes/recruiter';
import type {
  CreateApiKeyBody,
  CreateWebhookBody,
  RecoverBody,
  UpdateWebhookBody,
} from '@/lib/shapes/recruiter-requests';
import { request } from './http';
import { keys } from './keys';

const webhookPath = (id: string) => `/webhooks/${encodeURIComponent(id)}`;

/** What shows deliveries asks again: their lists, and the counts of the webhooks. */
async function deliveriesChanged(client: QueryClient): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: keys.deliveries.all }),
    client.invalidateQueries({ queryKey: keys.webhooks.all }),
    client.invalidateQueries({ queryKey: keys.events.all }),
  ]);
}

/** The answer carries the secret: it lives in the mutation only, never in the query cache. */
export const createWebhook = (client: QueryClient) =>
  mutationOptions({
    mutationFn: async (body: CreateWebhookBody) =>
      (await request('/webhooks', createdWebhook, { method: 'POST', body })).webhook,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.webhooks.list }),
    gcTime: 0,
  });

export const updateWebhook = (client: QueryClient, id: string) =>
  mutationOptions({
    mutationFn: async (body: UpdateWebhookBody) =>
      (await request(webhookPath(id), webhookAnswer, { method: 'PATCH', body })).webhook,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.webhooks.all }),
  });

export const deleteWebhook = (client: QueryClient, id: string) =>
  mutationOptions({
    mutationFn: () => request(webhookPath(id), deleted, { method: 'DELETE' }),
    onSuccess: () => {
      client.removeQueries({ queryKey: keys.webhooks.detail(id) });
      return client.invalidateQueries({ queryKey: keys.webhooks.list });
    },
  });

/** `eventType` null sends the plain test. A receiver's refusal is an answer here, not an error. */
export const testWebhook = (client: QueryClient, id: string) =>
  mutationOptions({
    mutationFn: (eventType: string | null) =>
      request(`${webhookPath(id)}/test`, testAnswer, {
        method: 'POST',
        body: eventType === null ? {} : { eventType },
      }),
    onSuccess: () => deliveriesChanged(client),
  });

/** As with createWebhook, the secret stays in the mutation. */
export const rotateSecret = (client: QueryClient, id: string) =>
  mutationOptions({
    mutationFn: (overlapHours: number) =>
      request(`${webhookPath(id)}/rotate-secret`, rotatedSecret, { method: 'POST', body: { overlapHours } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.webhooks.detail(id) }),
    gcTime: 0,
  });

export const recoverDeliveries = (client: QueryClient, id: string) =>
  mutationOptions({
    mutationFn: async (body: RecoverBody) =>
      (await request(`${webhookPath(id)}/recover`, recoverAnswer, { method: 'POST', body })).count,
    onSuccess: () => deliveriesChanged(client),
  });

export const retryDelivery = (client: QueryClient, id: string) =>
  mutationOptions({
    mutationFn: async () =>
      (
        await request(`/webhooks/deliveries/${encodeURIComponent(id)}/retry`, retriedDelivery, {
          method: 'POST',
          body: {},
        })
      ).delivery,
    onSuccess: () => deliveriesChanged(client),
  });

export const createApiKey = (client: QueryClient) =>
  mutationOptions({
    mutationFn: async (body: CreateApiKeyBody) =>
      (await request('/api-keys', createdApiKey, { method: 'POST', body })).api_key,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.apiKeys }),
    gcTime: 0,
  });

export const revokeApiKey = (client: QueryClient, id: string) =>
  mutationOptions({
    mutationFn: () => request(`/api-keys/${encodeURIComponent(id)}`, deleted, { method: 'DELETE' }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.apiKeys }),
  });
