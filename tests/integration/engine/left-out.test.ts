import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { outcomeColumns } from '@/lib/webhooks/columns';
import { startPostgres, type ThrowAwayPostgres } from '@/tests/support/postgres';
import { outcomeOf } from './support/by-hand';
import { openExplained } from './support/explained';
import { maintain, openSince, putOld, weekFloor } from './support/old-weeks';
import { statementOf } from './support/statement';
import { makeOrganization, makeWebhook, offerAccepted } from './support/tenant';
import { startWorker } from './support/worker';
import { openPostgresWorld, type World } from './support/world';

/** Which weekly partitions are left out, by what the statements of the app read when they run. */

const WEEKS = 13;
/** The oldest week in which something is open. */
const OPEN = 5;
const PER_WEEK = 10;
/** With this week and four made ahead. */
const PARTITIONS = WEEKS + 1 + 4;

let postgres: ThrowAwayPostgres;
let world: World;
let session: Awaited<ReturnType<typeof openExplained>>;
/** Tables as small as a test's are read whole and sorted: what is asked of a page is what an index leaves unread. */
let indexed: typeof session;
let organization: string;
let webhook: string;
/** Names of the weeks, `2026w48`, by how long ago they were. */
let weeks: string[];
let delivery: string;
let event: string;

const textRow = z.object({ text: z.string() });
async function text(statement: string, ...values: string[]): Promise<string> {
  const [row] = await world.sql(statement, values);
  return textRow.parse(row).text;
}

beforeAll(async () => {
  postgres = await startPostgres();
  world = await openPostgresWorld(postgres.url);
  await world.sql(`select private.ensure_partitions(now() - interval '${WEEKS} weeks', now())`);
  organization = await makeOrganization(world);
  webhook = (await makeWebhook(world, organization, { url: 'http://127.0.0.1:9/' })).id;
  weeks = [];
  for (let weeksAgo = 0; weeksAgo <= WEEKS; weeksAgo++) {
    const status = weeksAgo === OPEN ? 'retrying' : 'success';
    await putOld(world, {
      organizationId: organization,
      webhookId: webhook,
      weeksAgo,
      status,
      count: PER_WEEK,
    });
    weeks.push(
      await text(
        `select to_char((now() - make_interval(weeks => $1::integer)) at time zone 'UTC', 'IYYY"w"IW') as text`,
        String(weeksAgo),
      ),
    );
  }
  const worker = startWorker(world, { places: 0 });
  await worker.publish(organization, offerAccepted());
  await worker.close();
  await maintain(world, 3650);
  delivery = await text('select max(id::text) as text from public.webhook_deliveries');
  event = await text(
    'select event_id::text as text from public.webhook_deliveries where id = $1::uuid',
    delivery,
  );
  session = await openExplained(postgres.url);
  indexed = await openExplained(
    postgres.url,
    'set enable_seqscan = off; set enable_bitmapscan = off; set enable_sort = off',
  );
});
afterAll(async () => {
  await session?.close();
  await indexed?.close();
  await world?.close();
  await postgres?.stop();
});

/** Of these partitions, those of a table, as weeks. */
const weeksRead = (read: readonly string[], table: string): string[] =>
  read
    .filter((name) => name.startsWith(`${table}_2`))
    .map((name) => name.slice(table.length + 1))
    .sort();
const weeksOf = (...ago: number[]) => ago.map((weeksAgo) => weeks[weeksAgo]).sort();

describe('what is older than the oldest that is open', () => {
  const LEASES = '{"bpoc": 60000}';
  const oldest = () => weeks[OPEN] ?? '';

  it('is where the search for what is open begins', async () => {
    expect(await openSince(world)).toBe(await weekFloor(world, OPEN));
  });

  it('is left out of a claim’s three queries', async () => {
    // With room: which webhook is next, and what of it is due. Without: whether something is.
    const found = [
      ...(await session.explain(`select public.claim_due_deliveries(1, 1, '${LEASES}')`)),
      ...(await session.explain(`select public.claim_due_deliveries(1, 0, '${LEASES}')`)),
    ];
    const searches = found.filter(
      ({ query }) => query.includes('v_since') && query.includes('webhook_deliveries'),
    );
    expect(new Set(searches.map(({ query }) => query)).size).toBe(3);
    for (const { read, removed } of searches) {
      expect(removed).toBe(WEEKS - OPEN);
      expect(weeksRead(read, 'webhook_deliveries').filter((week) => week < oldest())).toEqual([]);
    }
    // And what was claimed is read, with its event, from the week that has it.
    const rows = found.find(({ query }) => query.includes('unnest(p_deliveries)'));
    expect(weeksRead(rows?.read ?? [], 'webhook_deliveries')).toEqual(weeksOf(OPEN));
    expect(weeksRead(rows?.read ?? [], 'webhook_events')).toEqual(weeksOf(OPEN));
  });

  it.each([
    ['the count of the backlog', () => 'select public.delivery_backlog()'],
    [
      'closing what a webhook has open',
      () => `select private.close_deliveries('${randomUUID()}', 'held', now())`,
    ],
  ])('is left out of %s', async (_, statement) => {
    const found = (await session.explain(statement())).filter(({ query }) =>
      query.includes('private.open_deliveries'),
    );
    expect(found).toHaveLength(1);
    for (const { read } of found) {
      expect(read).toContain('open_deliveries');
      expect(weeksRead(read, 'webhook_deliveries')[0]).toBe(oldest());
    }
  });
});

describe('a page', () => {
  const page = (table: string, owner: string) =>
    `select id from public.${table} where ${owner} = $1::uuid and id < $2::uuid order by id desc limit 16`;
  const pageSince = (table: string, owner: string) =>
    `select id from public.${table} where ${owner} = $1::uuid and id < $2::uuid and id >= $3::uuid order by id desc limit 51`;
  const tables = [
    ['of a webhook’s history', 'webhook_deliveries', 'webhook_id', () => webhook],
    ['of an organization’s events', 'webhook_events', 'organization_id', () => organization],
  ] as const;

  it.each(tables)('%s reads from the cursor on as many weeks as fill it', async (_, table, owner, id) => {
    // Ten a week: a page of sixteen takes the two weeks before the cursor, whatever lies in the eleven older ones.
    const [found] = await indexed.explain(page(table, owner), [id(), await weekFloor(world, 2)]);
    expect(weeksRead(found?.read ?? [], table)).toEqual(weeksOf(3, 4));
    expect(found?.removed).toBe(PARTITIONS - (WEEKS - 2));
  });

  it.each(tables)(
    '%s reads no week before the time since when it is asked for',
    async (_, table, owner, id) => {
      const bounds = [await weekFloor(world, 2), await weekFloor(world, 4)];
      const [found] = await indexed.explain(pageSince(table, owner), [id(), ...bounds]);
      expect(weeksRead(found?.read ?? [], table)).toEqual(weeksOf(3, 4));
      expect(found?.removed).toBe(PARTITIONS - 2);
    },
  );

  it('of a contract’s history reads the newest weeks alone', async () => {
    const found = await indexed.explain(
      `select * from public.delivery_history('${organization}', 'bpoc', '${webhook}', p_limit => 5)`,
    );
    const [first] = found.filter(({ query }) => query.includes('with found as'));
    // The weeks made ahead are looked at too.
    expect(
      weeksRead(first?.read ?? [], 'webhook_deliveries').filter((week) => week < (weeks[0] ?? '')),
    ).toEqual([]);
  });
});

describe('a look-up by id reads one partition', () => {
  it.each([
    ['an event', 'webhook_events', 'select data from public.webhook_events where id = $1::uuid', () => event],
    [
      'a delivery',
      'webhook_deliveries',
      'select status from public.webhook_deliveries where id = $1::uuid',
      () => delivery,
    ],
    [
      'its attempts',
      'webhook_attempts',
      'select number from public.webhook_attempts where delivery_id = $1::uuid',
      () => delivery,
    ],
    [
      'a delivery to be changed',
      'webhook_deliveries',
      'update public.webhook_deliveries set status = status where id = $1::uuid',
      () => delivery,
    ],
    [
      'the deliveries of an event',
      'webhook_deliveries',
      `select status from public.webhook_deliveries where event_id = $1::uuid
         and id between private.first_delivery_id($1::uuid) and private.last_delivery_id($1::uuid)`,
      () => event,
    ],
    [
      'the deliveries of several events, counted',
      'webhook_deliveries',
      'select * from public.event_delivery_counts((select organization_id from public.webhooks), array[$1::uuid])',
      () => event,
    ],
  ])('of %s', async (_, table, statement, id) => {
    const found = (await session.explain(statement, [id()])).filter(({ query }) => query.includes(table));
    expect(found).toHaveLength(1);
    expect(found.flatMap(({ read }) => weeksRead(read, table))).toEqual(weeksOf(0));
  });

  it('of what was sent, to record it', async () => {
    const outcome = outcomeOf(
      { id: delivery, token: randomUUID(), number: 4 },
      { now: () => new Date(), databaseNow: () => null },
      500,
    );
    const found = await session.explain(
      statementOf('record_attempts', { ...outcomeColumns([outcome]), p_rules: {} }),
    );
    const read = found.flatMap((one) => one.read);
    for (const table of ['webhook_deliveries', 'webhook_attempts'])
      expect([...new Set(weeksRead(read, table))]).toEqual(weeksOf(0));
  });
});
