import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import {
  apiKeyList,
  catalogueAnswer,
  deliveryAnswer,
  deliveryPage,
  deliveryStatus,
  eventDeliveries,
  eventPage,
  meAnswer,
  recoverAnswer,
  statsAnswer,
  webhookAnswer,
  webhookList,
} from '@/lib/shapes/recruiter';
import { isOpen } from '../model/status';
import { query, request } from './http';
import { type DeliveryFilter, keys } from './keys';

/** How often a view asks again, in ms, while something in it is still open, and while nothing is. */
const pollOpenMs = 3_000;
const pollIdleMs = 20_000;
/** Beyond so many pages, polling would fetch more than anyone looks at. */
const pollPages = 3;
const pageSize = 25;

/** Who is signed in, and for which organization. */
export const meQuery = () =>
  queryOptions({
    queryKey: keys.me,
    queryFn: ({ signal }) => request('/me', meAnswer, { signal }),
    staleTime: 5 * 60_000,
  });

/** Contracts and event types; they change with a release only. */
export const catalogueQuery = () =>
  queryOptions({
    queryKey: keys.catalogue,
    queryFn: ({ signal }) => request('/catalogue', catalogueAnswer, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const webhooksQuery = () =>
  queryOptions({
    queryKey: keys.webhooks.list,
    queryFn: async ({ signal }) => (await request('/webhooks', webhookList, { signal })).webhooks,
    refetchInterval: ({ state }) =>
      state.data?.some((webhook) => webhook.open_count > 0) ? pollOpenMs : pollIdleMs,
  });

export const webhookQuery = (id: string) =>
  queryOptions({
    queryKey: keys.webhooks.detail(id),
    queryFn: async ({ signal }) =>
      (await request(`/webhooks/${encodeURIComponent(id)}`, webhookAnswer, { signal })).webhook,
    refetchInterval: ({ state }) => ((state.data?.open_count ?? 0) > 0 ? pollOpenMs : pollIdleMs),
  });

/** Statistics of the last `days` days, hour by hour. */
export const statsQuery = (id: string, days: number) =>
  queryOptions({
    queryKey: keys.webhooks.stats(id, days),
    queryFn: ({ signal }) =>
      request(`/webhooks/${encodeURIComponent(id)}/stats${query({ days })}`, statsAnswer, { signal }),
    refetchInterval: pollIdleMs,
  });

/** A webhook's deliveries, newest first, page by page; asked again every few seconds while one is open. */
export const deliveriesQuery = (webhookId: string, filter: DeliveryFilter) =>
  infiniteQueryOptions({
    queryKey: keys.deliveries.ofWebhook(webhookId, filter),
    queryFn: ({ pageParam, signal }) =>
      request(
        `/webhooks/${encodeURIComponent(webhookId)}/deliveries${query({ ...filter, limit: pageSize, cursor: pageParam })}`,
        deliveryPage,
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: ({ state }) => {
      const pages = state.data?.pages ?? [];
      if (pages.length > pollPages) return false;
      return pages.some((page) => page.deliveries.some((delivery) => isOpen(delivery.status)))
        ? pollOpenMs
        : pollIdleMs;
    },
  });

export const deliveryQuery = (id: string) =>
  queryOptions({
    queryKey: keys.deliveries.detail(id),
    queryFn: async ({ signal }) =>
      (await request(`/webhooks/deliveries/${encodeURIComponent(id)}`, deliveryAnswer, { signal })).delivery,
    refetchInterval: ({ state }) => (state.data && isOpen(state.data.status) ? pollOpenMs : false),
  });

export const eventsQuery = (type: string | null) =>
  infiniteQueryOptions({
    queryKey: keys.events.list(type),
    queryFn: ({ pageParam, signal }) =>
      request(`/webhooks/events${query({ type, limit: pageSize, cursor: pageParam })}`, eventPage, {
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > pollPages ? false : pollIdleMs),
  });

export const eventDeliveriesQuery = (eventId: string) =>
  queryOptions({
    queryKey: keys.deliveries.ofEvent(eventId),
    queryFn: async ({ signal }) =>
      (
        await request(`/webhooks/events/${encodeURIComponent(eventId)}/deliveries`, eventDeliveries, {
          signal,
        })
      ).deliveries,
    refetchInterval: ({ state }) =>
      state.data?.some((delivery) => isOpen(delivery.status)) ? pollOpenMs : false,
  });

/** How many failed deliveries since then a recovery would send again; changes nothing. */
export const recoverableQuery = (webhookId: string, since: string) =>
  queryOptions({
    queryKey: keys.webhooks.recoverable(webhookId, since),
    queryFn: async ({ signal }) =>
      (
        await request(`/webhooks/${encodeURIComponent(webhookId)}/recover`, recoverAnswer, {
          method: 'POST',
          body: { statuses: [deliveryStatus.enum.failed], since, dryRun: true },
          signal,
        })
      ).count,
    staleTime: 0,
  });

export const apiKeysQuery = () =>
  queryOptions({
    queryKey: keys.apiKeys,
    queryFn: async ({ signal }) => (await request('/api-keys', apiKeyList, { signal })).api_keys,
  });
