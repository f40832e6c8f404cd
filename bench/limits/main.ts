import postgres from 'postgres';
import { z } from 'zod';
import { monotonicMs } from '../harness/clock.ts';
import { serve } from '../harness/rpc.ts';
import { postAll, signedPosts } from './posts.ts';
import { CREATE_TABLES, insertRows } from './rows.ts';

/** What this machine can do at most: the bare loop and the bare insert, in a process of their own. */
const prepareSchema = z.object({ run: z.number(), events: z.number(), bytes: z.number() });
const postSchema = z.object({ url: z.string(), connections: z.number() });
const insertSchema = z.object({
  databaseUrl: z.string(),
  url: z.string(),
  rows: z.number(),
  connections: z.number(),
});
let posts = signedPosts(0, 0, 0);

serve({
  prepare(params) {
    const { run, events, bytes } = prepareSchema.parse(params);
    posts = signedPosts(run, events, bytes);
  },
  async post(params) {
    const { url, connections } = postSchema.parse(params);
    const startedAt = monotonicMs();
    await postAll(url, posts, connections);
    return monotonicMs() - startedAt;
  },
  async insert(params) {
    const { databaseUrl, url, rows, connections } = insertSchema.parse(params);
    const sql = postgres(databaseUrl, { max: connections, onnotice: () => undefined });
    await sql.unsafe(CREATE_TABLES);
    const startedAt = monotonicMs();
    let next = 0;
    await Promise.all(
      Array.from({ length: connections }, async () => {
        while (next < posts.length) {
          const first = next;
          next += rows;
          await insertRows(sql, posts.slice(first, first + rows), url);
        }
      }),
    );
    const took = monotonicMs() - startedAt;
    await sql.end();
    return took;
  },
});
