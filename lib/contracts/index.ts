import { z } from 'zod';
import { bpoc } from './bpoc';
import { CONTRACT_NAMES, type Contract, type ContractName, type OfferedEvent } from './contract';
import { hrIntelligence } from './hr-intelligence';
import { roleready } from './roleready';
import { skillora } from './skillora';
import { smartHiring } from './smart-hiring';
import { standard } from './standard';

/** Every contract, by name. */
export const CONTRACTS: Readonly<Record<ContractName, Contract>> = {
  bpoc,
  'smart-hiring': smartHiring,
  roleready,
  skillora,
  'hr-intelligence': hrIntelligence,
  standard,
};

export const contractNameSchema = z.enum(CONTRACT_NAMES);

/** All contracts, in the order in which the dashboard lists them. */
export const allContracts: readonly Contract[] = CONTRACT_NAMES.map((name) => CONTRACTS[name]);

/** The contracts whose webhooks may subscribe to an event of the catalogue. */
export function contractsOffering(type: string): readonly Contract[] {
  return allContracts.filter((contract) => contract.events.some((event) => event.type === type));
}

/** How a contract offers an event; undefined when it does not. */
export function findOffer(contract: Contract, type: string): OfferedEvent | undefined {
  return contract.events.find((event) => event.type === type);
}
