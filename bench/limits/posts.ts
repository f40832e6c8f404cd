import { Pool } from 'undici';
import { v7 } from 'uuid';
import { event, render, signedHeaders } from '../harness/event.ts';

/** A request that is rendered and signed, and only has to be sent. */
export interface SignedPost {
  id: string;
  data: string;
  body: string;
  headers: Record<string, string>;
}

/** Renders and signs the deliveries of `events` events, before any clock runs. */
export function signedPosts(run: number, events: number, bytes: number): SignedPost[] {
  const at = new Date();
  return Array.from({ length: events }, (_, sequence) => {
    const id = v7();
    const published = event(run, sequence, bytes);
    const body = render(published, at);
    return { id, data: JSON.stringify(published.data), body, headers: signedHeaders(id, body, at) };
  });
}

function send(pool: Pool, path: string, { body, headers }: SignedPost): Promise<void> {
  return new Promise((resolve, reject) => {
    pool.dispatch(
      { method: 'POST', path, headers, body },
      {
        onRequestStart: () => undefined,
        onResponseStart: (_controller, status) => {
          if (status !== 200) reject(new Error(`the receiver answered ${status}`));
        },
        onResponseData: () => undefined,
        onResponseEnd: () => resolve(),
        onResponseError: (_controller, error) => reject(error),
      },
    );
  });
}

/** The bare loop: POSTs all over `connections` keep-alive connections, each as soon as one is free. */
export async function postAll(url: string, posts: readonly SignedPost[], connections: number): Promise<void> {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  let next = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let post = posts[next++]; post !== undefined; post = posts[next++])
        await send(pool, pathname, post);
    }),
  );
  await pool.close();
}
