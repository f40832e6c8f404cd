import type { Needs } from './model.ts';

const GB = 1e9;
const TB = 1e12;

/** Sizes of Supabase's compute: processors, direct connections, and the database size recommended for it. */
const COMPUTE = [
  { name: 'Micro', cores: 2, connections: 60, bytes: 10 * GB },
  { name: 'Small', cores: 2, connections: 90, bytes: 50 * GB },
  { name: 'Medium', cores: 2, connections: 120, bytes: 100 * GB },
  { name: 'Large', cores: 2, connections: 160, bytes: 200 * GB },
  { name: 'XL', cores: 4, connections: 240, bytes: 500 * GB },
  { name: '2XL', cores: 8, connections: 380, bytes: TB },
  { name: '4XL', cores: 16, connections: 480, bytes: 2 * TB },
  { name: '8XL', cores: 32, connections: 490, bytes: 4 * TB },
  { name: '12XL', cores: 48, connections: 500, bytes: 6 * TB },
  { name: '16XL', cores: 64, connections: 500, bytes: 10 * TB },
] as const;
/** A database that is busier than this has no room for a vacuum, a report or a bad minute. */
const BUSY = 0.6;
const FUNCTIONS_AT_ONCE = 30_000;
/** Above this a partition takes longer to vacuum and to index than it stays the newest. */
const PARTITION_BYTES = 100 * GB;

/** How many databases of which size a load needs, and what asks for them first. */
export interface Fit {
  compute: string;
  databases: number;
  first: string;
}

/** The smallest compute that carries a load, or how many of the largest, each with its part of the organizations. */
export function fitInto(needs: Needs): Fit {
  const parts = (size: (typeof COMPUTE)[number]) => ({
    processors: needs.databaseCores / (size.cores * BUSY),
    'database size': needs.databaseBytes / size.bytes,
    'busy connections': needs.busyConnections / (size.connections * BUSY),
  });
  const worst = (size: (typeof COMPUTE)[number]) =>
    Object.entries(parts(size)).reduce((most, part) => (part[1] > most[1] ? part : most));
  const size = COMPUTE.find((candidate) => worst(candidate)[1] <= 1) ?? COMPUTE[COMPUTE.length - 1];
  if (size === undefined) throw new Error('no sizes');
  const [first, share] = worst(size);
  return { compute: size.name, databases: Math.max(1, Math.ceil(share)), first };
}

/** What a load runs into beside its database, in words; empty when nothing. */
export function warnings(needs: Needs): string[] {
  const found: string[] = [];
  if (needs.functionInstances > FUNCTIONS_AT_ONCE)
    found.push(`more than ${FUNCTIONS_AT_ONCE} functions at once`);
  if (needs.partitionBytes > PARTITION_BYTES) found.push('weekly partitions above 100 GB: make them daily');
  if (needs.connections > 500)
    found.push('more connections than a database has: behind the pooler or the Data API');
  return found;
}
