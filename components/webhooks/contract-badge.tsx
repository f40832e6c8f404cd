'use client';

import { useQuery } from '@tanstack/react-query';
import { Badge } from '@/components/ui/badge';
import type { Webhook } from '@/lib/shapes/recruiter';
import { catalogueQuery } from './data/queries';

/** The contract by its title; by its bare name until the catalogue is there. */
export function ContractBadge({ name }: { name: Webhook['contract'] }) {
  const { data } = useQuery(catalogueQuery());
  return <Badge>{data?.contracts.find((contract) => contract.name === name)?.title ?? name}</Badge>;
}
