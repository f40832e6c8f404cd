import postgres from 'postgres';
import { z } from 'zod';

const nodeSchema = z.object({
  'Relation Name': z.string().optional(),
  'Actual Loops': z.number(),
  'Actual Rows': z.number(),
  'Rows Removed by Filter': z.number().optional(),
  'Subplans Removed': z.number().optional(),
  get Plans() {
    return z.array(nodeSchema).optional();
  },
});
type Node = z.infer<typeof nodeSchema>;
const explainedSchema = z.object({ 'Query Text': z.string(), Plan: nodeSchema });

/** What one statement, be it within a function, came to when it ran. */
export interface Explained {
  query: string;
  /** Tables and partitions that were read: not those that were left out of the plan or "never executed". */
  read: string[];
  /** Rows that were looked at in tables. */
  looked: number;
  /** Partitions that the plan has and that were left out when it began ("Subplans Removed"). */
  removed: number;
}

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

function explained(json: string): Explained {
  const { 'Query Text': query, Plan: plan } = explainedSchema.parse(JSON.parse(json));
  const nodes = nodesOf(plan);
  return {
    query: query.trim(),
    read: nodes.flatMap((node) =>
      node['Relation Name'] !== undefined && node['Actual Loops'] > 0 ? [node['Relation Name']] : [],
    ),
    looked: nodes.reduce(
      (sum, node) =>
        node['Relation Name'] === undefined
          ? sum
          : sum + node['Actual Loops'] * (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)),
      0,
    ),
    removed: nodes.reduce((sum, node) => sum + (node['Subplans Removed'] ?? 0), 0),
  };
}

/**
 * A session of the owner's whose statements are explained as they run, those within functions too. Plans are generic, as
 * a pooled connection comes to have them, unless a function says otherwise.
 * @param settings further ones of the session, as SQL
 */
export async function openExplained(databaseUrl: string, settings = '') {
  const heard: string[] = [];
  const sql = postgres(databaseUrl, { max: 1, onnotice: ({ message = '' }) => heard.push(message) });
  await sql.unsafe(`
    load 'auto_explain';
    set auto_explain.log_level = notice; set auto_explain.log_min_duration = 0; set auto_explain.log_format = json;
    set auto_explain.log_nested_statements = on; set auto_explain.log_analyze = on; set auto_explain.log_timing = off;
    set plan_cache_mode = force_generic_plan; ${settings}`);
  return {
    /** Runs a statement, values passed as text, and answers what it and everything within it came to, in order of their ends. */
    async explain(statement: string, values: readonly string[] = []): Promise<Explained[]> {
      heard.length = 0;
      await sql.unsafe(statement, [...values]);
      return heard.flatMap((message) => {
        const [, json] = /^duration: [\d.]+ ms {2}plan:\n(\{.*\})$/s.exec(message) ?? [];
        return json === undefined ? [] : [explained(json)];
      });
    },
    close: () => sql.end(),
  };
}
