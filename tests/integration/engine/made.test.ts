import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startPostgres, type ThrowAwayPostgres } from '@/tests/support/postgres';
import { whileOpen } from './support/held';
import { publishStatement } from './support/statement';
import { makeOrganization, makeWebhook, offerAccepted } from './support/tenant';
import { startWorker } from './support/worker';
import { openPostgresWorld, type World } from './support/world';

/** Partitions that `private.ensure_partitions` makes and attaches, beside those that "partition of" makes. */

const TABLES = ['webhook_events', 'webhook_deliveries', 'webhook_attempts'];
let postgres: ThrowAwayPostgres;
let world: World;
let organization: string;

beforeAll(async () => {
  postgres = await startPostgres();
  world = await openPostgresWorld(postgres.url);
  organization = await makeOrganization(world);
  await makeWebhook(world, organization, { url: 'http://127.0.0.1:9/' });
});
afterAll(async () => {
  await world?.close();
  await postgres?.stop();
});

/** Statements that make the partitions of a week to come, as the app does and by "partition of". */
const ahead = (weeks: number) => `now() + interval '${weeks} weeks'`;
const make = (weeks: number) => `select private.ensure_partitions(${ahead(weeks)}, ${ahead(weeks)}) as made`;
const floor = (weeks: number) => `private.uuid_v7_floor(private.partition_week(${ahead(weeks)}))`;
const makeByHand = (table: string, weeks: number) =>
  `do $$ begin execute format('create table partitions.%I partition of public.%I for values from (%L) to (%L)',
     '${table}_by_hand', '${table}', ${floor(weeks)}, ${floor(weeks + 1)}); end $$`;
const impatient = (statement: string) => world.sql(`set local lock_timeout = '50ms'; ${statement}`);

async function rows<T extends z.ZodType>(
  schema: T,
  statement: string,
  ...values: string[]
): Promise<z.infer<T>[]> {
  return schema.array().parse(await world.sql(statement, values));
}
const nameRow = z.object({ name: z.string() });
/** The partitions of a week to come. */
async function namesOf(weeks: number): Promise<string[]> {
  const found = await rows(
    nameRow,
    `select relname::text as name from pg_class where relnamespace = 'partitions'::regnamespace and relkind = 'r'
       and right(relname, 7) = to_char((${ahead(weeks)}) at time zone 'UTC', 'IYYY"w"IW') order by 1`,
  );
  return found.map(({ name }) => name);
}

describe('a partition is made', () => {
  const written = (org: string) => [
    publishStatement(
      { organization_id: org, type: 'offer.accepted' },
      { keys: { 'offer.accepted': ['bpoc:*'] }, leases: { bpoc: 60_000 }, most: 1 },
    ),
    `insert into public.webhook_attempts (delivery_id, number, organization_id, webhook_id, started_at, duration_ms, url, request_headers)
     select id, 1, organization_id, webhook_id, now(), 1, '', '{}' from public.webhook_deliveries`,
  ];

  it('while a transaction is open that has written to the tables, which locks “partition of” out', async () => {
    await whileOpen(postgres.url, written(organization), async () => {
      for (const table of TABLES)
        await expect(impatient(makeByHand(table, 10))).rejects.toThrow('lock timeout');
      await impatient(make(10));
    });
    expect(await namesOf(10)).toHaveLength(3);
    expect(await world.sql('select from public.webhook_attempts')).toHaveLength(1);
  });

  it('and nobody who publishes waits for the transaction that makes it', async () => {
    const worker = startWorker(world, { places: 0 });
    await whileOpen(postgres.url, [make(11)], async () => {
      expect(await worker.publish(organization, offerAccepted())).toMatchObject([{ deliveries: 1 }]);
      await impatient('update public.webhook_deliveries set status = status');
    });
    await worker.close();
    expect(await namesOf(11)).toHaveLength(3);
  });
});

describe('what was made is as “partition of” makes it', () => {
  beforeAll(async () => {
    await world.sql(make(20));
    for (const table of TABLES) await world.sql(makeByHand(table, 21));
  });
  const both = async (table: string) => {
    const [made] = (await namesOf(20)).filter((name) => name.startsWith(table));
    return [made ?? '', `${table}_by_hand`] as const;
  };

  it.each(TABLES)('%s: every index belongs to one of the table’s', async (table) => {
    const indexRow = z.object({ parent: z.string(), unique: z.boolean(), definition: z.string() });
    const indexes = (name: string) =>
      rows(
        indexRow,
        `select coalesce(h.inhparent::regclass::text, 'none') as parent, i.indisunique as unique,
           regexp_replace(pg_get_indexdef(i.indexrelid), '^.* USING ', '') as definition
         from pg_index i left join pg_inherits h on h.inhrelid = i.indexrelid
         where i.indrelid = ('partitions.' || $1)::regclass order by 1`,
        name,
      );
    const [made, byHand] = await both(table);
    expect(await indexes(made)).toEqual(await indexes(byHand));
    const ofTable = await rows(
      nameRow,
      `select i.indexrelid::regclass::text as name from pg_index i where i.indrelid = ('public.' || $1)::regclass order by 1`,
      table,
    );
    expect((await indexes(made)).map(({ parent }) => parent)).toEqual(ofTable.map(({ name }) => name));
  });

  it.each(TABLES)('%s: columns and constraints are the same', async (table) => {
    const columns = (name: string) =>
      rows(
        z.object({ column: z.unknown() }),
        `select jsonb_build_array(a.attname, a.atttypid::regtype, a.attnotnull, a.attstorage, pg_get_expr(d.adbin, d.adrelid)) as column
         from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
         where a.attrelid = ('partitions.' || $1)::regclass and a.attnum > 0 order by a.attnum`,
        name,
      );
    const constraints = (name: string) =>
      rows(
        nameRow,
        `select pg_get_constraintdef(oid) as name from pg_constraint
         where conrelid = ('partitions.' || $1)::regclass order by 1`,
        name,
      );
    const [made, byHand] = await both(table);
    expect(await columns(made)).toEqual(await columns(byHand));
    expect(await constraints(made)).toEqual(await constraints(byHand));
  });

  it.each(TABLES)('%s: but for row level security, which is on', async (table) => {
    const [made] = await both(table);
    const found = await rows(
      z.object({ on: z.boolean() }),
      `select relrowsecurity as on from pg_class where oid = ('partitions.' || $1)::regclass`,
      made,
    );
    expect(found).toEqual([{ on: true }]);
  });

  it('and nobody but the owner may do anything with it', async () => {
    // All partitions there are, and every role that is neither a superuser nor PostgreSQL's own.
    const allowed = await rows(
      nameRow,
      `select r.rolname || ': ' || c.relname as name
       from pg_class c cross join pg_roles r cross join unnest(array['select', 'insert', 'update', 'references']) as may
       where c.relnamespace = 'partitions'::regnamespace and c.relkind = 'r' and not r.rolsuper and r.rolname !~ '^pg_'
         and (has_table_privilege(r.oid, c.oid, 'select, insert, update, delete, truncate, references, trigger, maintain')
           or has_any_column_privilege(r.oid, c.oid, may))`,
    );
    expect(allowed).toEqual([]);
    const roles = await rows(
      nameRow,
      `select rolname as name from pg_roles where not rolsuper and rolname !~ '^pg_'`,
    );
    expect(roles.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['anon', 'authenticated', 'service_role']),
    );
    const granted = await rows(
      nameRow,
      `select c.relname || ': ' || g.grantee::regrole as name from pg_class c, aclexplode(c.relacl) as g
       where c.relnamespace = 'partitions'::regnamespace and g.grantee <> c.relowner`,
    );
    expect(granted).toEqual([]);
  });
});
