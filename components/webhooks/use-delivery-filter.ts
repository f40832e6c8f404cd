'use client';

import { parseAsString, parseAsStringLiteral, useQueryState, useQueryStates } from 'nuqs';
import { DELIVERY_STATUSES } from '@/lib/shapes/recruiter';

/** Which deliveries are shown, kept in the URL. */
export function useDeliveryFilter() {
  return useQueryStates({ status: parseAsStringLiteral(DELIVERY_STATUSES), event: parseAsString });
}

/** Which delivery is open, kept in the URL. */
export function useOpenDelivery() {
  return useQueryState('delivery', parseAsString.withOptions({ history: 'push' }));
}
