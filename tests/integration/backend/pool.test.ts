/** The server's own connections to a PostgreSQL: who loses one is told so in the database's words, and gets another. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusal, UNREACHED } from '@/lib/supabase/embedded/errors';
import { openPool } from '@/lib/supabase/pool';
import { startPostgres, type ThrowAwayPostgres } from '@/tests/support/postgres';

let postgres: ThrowAwayPostgres;
let pool: ReturnType<typeof openPool>;
let other: ReturnType<typeof openPool>;

beforeAll(async () => {
  postgres = await startPostgres();
  pool = openPool(postgres.url);
  other = openPool(postgres.url);
});

afterAll(async () => {
  await Promise.all([pool.close(), other.close()]);
  await postgres.stop();
});

const identity = async () => (await pool.run('select pg_backend_pid() as pid', []))[0]?.pid;
const terminate = (pid: unknown) => other.run('select pg_terminate_backend($1::integer)', [String(pid)]);

test('a connection that breaks while nobody uses it is replaced', async () => {
  const pid = await identity();
  await terminate(pid);
  await sleep(100);
  expect(await identity()).not.toBe(pid);
});

test('a call under way is told that its connection broke, and the next succeeds', async () => {
  const pid = await identity();
  const underWay = expect(pool.run('select pg_sleep(30)', [])).rejects.toMatchObject({
    code: expect.stringMatching(/^(57P01|08006|ECONNRESET)$/),
  });
  await sleep(100);
  await terminate(pid);
  await underWay;
  expect(await pool.run('select 1 as one', [])).toEqual([{ one: 1 }]);
});

test('values pass as they are, nulls too, with the same statement prepared once', async () => {
  for (const value of ['it’s "x"', '', null])
    expect(await pool.run('select $1::text as text', [value])).toEqual([{ text: value }]);
  const [row] = await pool.run(
    'select count(*)::integer as count from pg_prepared_statements where statement like $1',
    ['select $1::text as text'],
  );
  expect(row?.count).toBe(1);
});

test('without a server every call says that it cannot be reached, and nothing is thrown past the caller', async () => {
  const nowhere = openPool('postgres://postgres@127.0.0.1:1/none');
  const error = await nowhere.run('select 1', []).catch((reason: unknown) => reason);
  await nowhere.close();
  expect(error).toMatchObject({ code: 'ECONNREFUSED' });
  expect(refusal(error)).toEqual(UNREACHED);
});
