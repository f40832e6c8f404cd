/** The catalogue and the contracts, for people who choose events. Pure. */
import { z } from 'zod';
import { EVENT_TYPES, findEvent } from '@/lib/catalogue';
import { allContracts, findOffer } from '@/lib/contracts';
import type { Contract } from '@/lib/contracts/contract';
import type * as shape from '@/lib/shapes/recruiter';
import { availableEvents } from '@/lib/webhooks/match';

type CatalogueContract = z.infer<typeof shape.catalogueContract>;
type CatalogueEvent = z.infer<typeof shape.catalogueEvent>;

const jsonSchemaNode = z.object({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  anyOf: z.array(z.unknown()).optional(),
});
const jsonSchemaObject = z.object({
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
});

/** A word for a field's type, out of its JSON schema. */
function typeWord(node: unknown): string {
  const { type, format, anyOf } = jsonSchemaNode.parse(node);
  const first = anyOf?.find((option) => jsonSchemaNode.parse(option).type !== 'null');
  if (first) return typeWord(first);
  if (format === 'date-time') return 'time';
  return [type ?? 'any'].flat().find((word) => word !== 'null') ?? 'any';
}

function fieldsOf(schema: z.ZodObject): CatalogueEvent['fields'] {
  const { properties, required } = jsonSchemaObject.parse(z.toJSONSchema(schema, { io: 'input' }));
  return Object.entries(properties).map(([name, node]) => ({
    name,
    type: typeWord(node),
    required: required.includes(name),
  }));
}

/** What sets a contract apart, in a line. */
function describe(contract: Contract): string {
  const signature = contract.signature?.header ?? 'webhook-signature';
  const attempts = contract.retry.delaysMs.length + 1;
  return `${contract.casing} data, signed in ${signature}, up to ${attempts} attempts`;
}

function presentContract(contract: Contract): CatalogueContract {
  const names = availableEvents(contract);
  return {
    name: contract.name,
    title: contract.title,
    description: describe(contract),
    wildcards: contract.wildcards,
    events: names.flatMap((name) => {
      const [type] = name.types;
      if (name.isWildcard || !type || !findOffer(contract, type)) return [];
      return [{ name: name.name, type, description: name.description, group: name.group ?? 'Other' }];
    }),
    wildcard_names: names.filter(({ isWildcard }) => isWildcard).map(({ name }) => name),
  };
}

/** Everything that there is to subscribe to; the same for everybody, so made once. */
export const catalogue = {
  success: true as const,
  contracts: allContracts.map(presentContract),
  events: EVENT_TYPES.flatMap((type): CatalogueEvent[] => {
    const event = findEvent(type);
    if (!event) return [];
    return [
      {
        type,
        group: event.group,
        description: event.description,
        sample: { ...event.sample },
        fields: fieldsOf(event.schema),
      },
    ];
  }),
};
