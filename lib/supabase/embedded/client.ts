import { setTimeout as sleep } from 'node:timers/promises';
import { UNREACHED } from './errors.ts';
import { startThread, type Thread, unavailable } from './thread.ts';
import type { Embedded, EmbeddedOptions } from './types.ts';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;

/**
 * Starts the local backend in a thread of its own, so that the database's work does not hold up the
 * app's requests, and what the library does to its process stays there. Should the thread die (the
 * PostgreSQL driver can throw past everybody when its server goes away), another takes its place;
 * meanwhile requests are answered 503.
 * @throws what `openEmbedded` throws, by name and message, when the first start fails
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  let thread: Thread | undefined;
  let closing = false;

  async function watch(current: Thread): Promise<void> {
    thread = current;
    await current.ended;
    thread = undefined;
    for (let waitMs = FIRST_WAIT_MS; !closing && !thread; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
      await sleep(waitMs, undefined, { ref: false });
      const next = closing ? undefined : await startThread(options).catch(() => undefined);
      if (next && closing) await next.close();
      else if (next) void watch(next);
      if (next) return;
    }
  }

  const first = await startThread(options);
  void watch(first);
  return {
    keys: first.keys,
    handle: async (request) => (thread ? thread.handle(request) : unavailable()),
    call: async (call) => (thread ? thread.call(call) : { ok: false, ...UNREACHED }),
    close: async () => {
      closing = true;
      await thread?.close();
    },
  };
}
