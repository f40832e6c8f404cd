import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { UNREACHED } from './errors.ts';
import type { Call, CallAnswer, Embedded, EmbeddedOptions, Keys } from './types.ts';

type Headers = [string, string][];

export type Ask =
  | { kind: 'ask'; id: number; url: string; method: string; headers: Headers; body: ArrayBuffer | null }
  | { kind: 'call'; id: number; call: Call }
  | { kind: 'close' };

export type Tell =
  | { kind: 'ready'; keys: Keys }
  | { kind: 'failed'; name: string; message: string }
  | { kind: 'answer'; id: number; status: number; headers: Headers; body: ArrayBuffer }
  | { kind: 'called'; id: number; answer: CallAnswer }
  | { kind: 'closed' };

/** A local backend in a thread of its own. */
export type Thread = Embedded & {
  /** Resolves when the thread is gone, whatever the reason; what was asked is then unanswered no longer. */
  ended: Promise<void>;
};

/** Statuses whose answers have no body; a Response would refuse one. */
const BODILESS = new Set([101, 204, 205, 304]);

/** What a caller is told when nobody can say whether the database did what was asked. */
export function unavailable(): Response {
  const body = { code: 'PGRST001', message: 'The database cannot be reached', details: null, hint: null };
  return Response.json(body, { status: 503 });
}

/**
 * Starts a thread with a local backend in it.
 * @throws what `openEmbedded` throws, by name and message
 */
export async function startThread(options: EmbeddedOptions): Promise<Thread> {
  const file = path.resolve(/*turbopackIgnore: true*/ 'lib/supabase/embedded/worker.ts');
  const worker = new Worker(/*turbopackIgnore: true*/ file, {
    workerData: options,
    execArgv: [],
    env: { NODE_ENV: 'production', DO_NOT_TRACK: '1' },
  });
  const requests = new Map<number, (response: Response) => void>();
  const calls = new Map<number, (answer: CallAnswer) => void>();
  let sequence = 0;
  let gone = false;
  // Alive only while somebody waits for it.
  const rest = () => {
    if (requests.size + calls.size === 0) worker.unref();
  };

  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      gone = true;
      for (const answer of requests.values()) answer(unavailable());
      for (const answer of calls.values()) answer({ ok: false, ...UNREACHED });
      requests.clear();
      calls.clear();
      resolve();
    });
  });

  const keys = await new Promise<Keys>((resolve, reject) => {
    worker.on('message', (told: Tell) => {
      if (told.kind === 'ready') resolve(told.keys);
      else if (told.kind === 'failed') reject(Object.assign(new Error(told.message), { name: told.name }));
      else if (told.kind === 'answer') {
        const { id, status, headers, body } = told;
        requests.get(id)?.(new Response(BODILESS.has(status) ? null : body, { status, headers }));
        requests.delete(id);
        rest();
      } else if (told.kind === 'called') {
        calls.get(told.id)?.(told.answer);
        calls.delete(told.id);
        rest();
      }
    });
    worker.on('error', reject);
    void ended.then(() => reject(new Error('The local backend ended before it was ready')));
  }).catch(async (error: unknown) => {
    await worker.terminate();
    throw error;
  });
  worker.unref();

  return {
    keys,
    ended,
    handle: async (request) => {
      const { url, method } = request;
      const body = request.body ? await request.arrayBuffer() : null;
      if (gone) return unavailable();
      worker.ref();
      return new Promise<Response>((resolve) => {
        const id = ++sequence;
        requests.set(id, resolve);
        const ask: Ask = { kind: 'ask', id, url, method, headers: [...request.headers], body };
        worker.postMessage(ask, body ? [body] : []);
      });
    },
    call: async (call) => {
      if (gone) return { ok: false, ...UNREACHED };
      worker.ref();
      return new Promise<CallAnswer>((resolve) => {
        const id = ++sequence;
        calls.set(id, resolve);
        worker.postMessage({ kind: 'call', id, call } satisfies Ask);
      });
    },
    close: async () => {
      worker.ref();
      const closed = new Promise<void>((resolve) => {
        worker.on('message', ({ kind }: Tell) => {
          if (kind === 'closed') resolve();
        });
      });
      worker.postMessage({ kind: 'close' } satisfies Ask);
      await Promise.race([closed, ended]);
      await worker.terminate();
    },
  };
}
