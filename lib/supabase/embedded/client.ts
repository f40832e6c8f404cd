import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Embedded, EmbeddedOptions, Keys } from './types.ts';

type Headers = [string, string][];

export type Ask =
  | { kind: 'ask'; id: number; url: string; method: string; headers: Headers; body: ArrayBuffer | null }
  | { kind: 'close' };

export type Tell =
  | { kind: 'ready'; keys: Keys }
  | { kind: 'failed'; name: string; message: string }
  | { kind: 'answer'; id: number; status: number; headers: Headers; body: ArrayBuffer }
  | { kind: 'fault'; id: number }
  | { kind: 'closed' };

type Waiting = { resolve(response: Response): void; reject(error: Error): void };

/** Statuses whose answers have no body; a Response would refuse one. */
const BODILESS = new Set([101, 204, 205, 304]);

/**
 * Starts the local backend in a thread of its own, so that the database's work does not hold up the
 * requests of the app, and what the library does to its process stays in the thread.
 * @throws what `openEmbedded` throws, by name and message
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const file = path.resolve(/*turbopackIgnore: true*/ 'lib/supabase/embedded/worker.ts');
  const worker = new Worker(/*turbopackIgnore: true*/ file, {
    workerData: options,
    execArgv: [],
    env: { NODE_ENV: 'production', DO_NOT_TRACK: '1' },
  });
  const waiting = new Map<number, Waiting>();
  let sequence = 0;
  let gone: Error | undefined;
  const onClosed: (() => void)[] = [];

  const lose = (error: Error) => {
    gone = error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    for (const closed of onClosed.splice(0)) closed();
  };

  const keys = await new Promise<Keys>((resolve, reject) => {
    worker.on('message', (told: Tell) => {
      if (told.kind === 'ready') resolve(told.keys);
      else if (told.kind === 'failed') reject(Object.assign(new Error(told.message), { name: told.name }));
      else if (told.kind === 'closed') lose(new Error('The local backend is closed'));
      else {
        const caller = waiting.get(told.id);
        waiting.delete(told.id);
        if (told.kind === 'fault') caller?.reject(new Error('The local backend failed'));
        else {
          const { status, headers, body } = told;
          caller?.resolve(new Response(BODILESS.has(status) ? null : body, { status, headers }));
        }
      }
      if (waiting.size === 0) worker.unref();
    });
    worker.on('error', (error) => {
      reject(error);
      lose(error instanceof Error ? error : new Error(String(error)));
    });
    worker.on('exit', () => {
      reject(new Error('The local backend ended before it was ready'));
      lose(gone ?? new Error('The local backend ended'));
    });
  }).catch(async (error: unknown) => {
    await worker.terminate();
    throw error;
  });
  worker.unref();

  return {
    keys,
    handle: async (request) => {
      const body = request.body ? await request.arrayBuffer() : null;
      if (gone) throw gone;
      worker.ref();
      return new Promise<Response>((resolve, reject) => {
        const id = ++sequence;
        waiting.set(id, { resolve, reject });
        const ask: Ask = {
          kind: 'ask',
          id,
          url: request.url,
          method: request.method,
          headers: [...request.headers],
          body,
        };
        worker.postMessage(ask, body ? [body] : []);
      });
    },
    close: async () => {
      if (!gone) {
        await new Promise<void>((resolve) => {
          onClosed.push(resolve);
          worker.ref();
          worker.postMessage({ kind: 'close' } satisfies Ask);
        });
      }
      await worker.terminate();
    },
  };
}
