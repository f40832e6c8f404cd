/** What the database is told of the contracts with each call: leases, and when a webhook is switched off. */
import { allContracts } from '@/lib/contracts';
import type { Json } from '@/lib/supabase/database.types';
import { leaseMs } from './retry';

/** Contract → how long a leased delivery belongs to its worker, in ms. */
export const LEASES: Readonly<Record<string, number>> = Object.fromEntries(
  allContracts.map((contract) => [contract.name, leaseMs(contract)]),
);

/** Contract → its switch-off rule, as `record_attempts` reads it. */
export const SWITCH_OFF_RULES: Readonly<Record<string, Json>> = Object.fromEntries(
  allContracts.map(({ name, switchOff }) => [
    name,
    switchOff.kind === 'consecutive'
      ? { consecutive: switchOff.failedDeliveries }
      : { sustained_ms: switchOff.withoutSuccessMs, failures: switchOff.failedDeliveries },
  ]),
);
