import { eventInWords } from '@/components/webhooks/model/event-words';
import type { CatalogueContract, CatalogueEvent } from '@/lib/shapes/recruiter';

interface Catalogue {
  contracts: readonly CatalogueContract[];
  events: readonly CatalogueEvent[];
}

/** The catalogue's events by group, narrowed to what a contract offers and what has every word of the search. */
export function findEvents(
  { contracts, events }: Catalogue,
  search: string,
  contract: string,
): { name: string; events: CatalogueEvent[] }[] {
  const offered = contracts.find(({ name }) => name === contract)?.events.map(({ type }) => type);
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = events.filter((event) => {
    const text = `${event.type} ${eventInWords(event.type)} ${event.description}`.toLowerCase();
    return (offered?.includes(event.type) ?? true) && words.every((word) => text.includes(word));
  });
  return [...new Set(found.map(({ group }) => group))].map((name) => ({
    name,
    events: found.filter(({ group }) => group === name),
  }));
}
