'use client';

import { useQuery } from '@tanstack/react-query';
import { meQuery } from './data/queries';

/** What the signed-in person may do. While it is not known yet nothing is offered; the API decides in any case. */
export function usePermissions(): { canWrite: boolean; allowHttp: boolean } {
  const { data } = useQuery(meQuery());
  return {
    canWrite: data !== undefined && data.organization.role !== 'viewer',
    allowHttp: data !== undefined && data.mode !== 'hosted',
  };
}
