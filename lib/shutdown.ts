/** What is to be done before this process goes away, within a time that does not depend on the doers. */
import type { Server } from 'node:http';

type Hook = () => Promise<void>;
type State = { hooks: Set<Hook>; server: Server | undefined; begun: boolean };

declare global {
  // One for the process, though Next gives each of its bundles modules of its own.
  var __hirehookShutdown: State | undefined;
}

/** A supervisor that sent SIGTERM usually kills after ten seconds. */
const HOOKS_MS = 6_000;
const REQUESTS_MS = 1_500;
const CLOSE_MS = 1_500;

function state(): State {
  globalThis.__hirehookShutdown ??= { hooks: new Set(), server: undefined, begun: false };
  return globalThis.__hirehookShutdown;
}

/**
 * Registers work for the shutdown: give leases back, cut sleeps short. All hooks run at once, and have
 * six seconds together.
 * @returns what takes the hook off again
 */
export function onShutdown(hook: Hook): () => void {
  const { hooks } = state();
  hooks.add(hook);
  return () => {
    hooks.delete(hook);
  };
}

/** Whether this process is going away: nothing new should be begun. */
export function isShuttingDown(): boolean {
  return state().begun;
}

/** Tells which HTTP server is to stop taking connections. */
export function serverToClose(server: Server): void {
  state().server = server;
}

async function within(limitMs: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  await Promise.race([work.catch(() => undefined), limit]);
  clearTimeout(timer);
}

/** Stops taking connections; resolves when the open requests have been answered. */
function drained(server: Server | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (!server?.listening) resolve();
    else server.close(() => resolve());
    server?.closeIdleConnections();
  });
}

/**
 * Runs the shutdown once: no new connections, the hooks, the open requests, then `close`. Takes at most
 * nine seconds, whatever hangs.
 * @param close ends the database; runs last, since hooks and requests need it
 */
export async function shutDown(close: Hook): Promise<void> {
  const current = state();
  if (current.begun) return;
  current.begun = true;
  const requests = drained(current.server);
  await within(HOOKS_MS, Promise.allSettled([...current.hooks].map((hook) => hook())));
  await within(REQUESTS_MS, requests);
  await within(CLOSE_MS, close());
}
