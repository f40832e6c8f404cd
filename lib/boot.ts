import diagnostics from 'node:diagnostics_channel';
import { Server } from 'node:http';
import { env } from './env';
import { isShuttingDown, serverToClose, shutDown } from './shutdown';
import { startUp } from './startup';
import { backend } from './supabase/backend';

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** Next.js does not hand out its HTTP server; Node tells of it with the first request. */
function findServer(): void {
  const channel = 'http.server.request.start';
  const found = (message: unknown) => {
    if (typeof message !== 'object' || message === null || !('server' in message)) return;
    if (!(message.server instanceof Server)) return;
    serverToClose(message.server);
    diagnostics.unsubscribe(channel, found);
  };
  diagnostics.subscribe(channel, found);
}

/** Ends this process in order. `scripts/start.mjs` keeps Next.js from doing it in its own way, which would wait for hanging work, or not at all. */
function endOn(signal: keyof typeof EXIT_CODES): void {
  process.on(signal, async () => {
    // A terminal sends SIGINT to everybody, and a supervisor may insist: once is enough.
    if (isShuttingDown()) return;
    await shutDown(async () => {
      if (globalThis.__hirehookBackend) await (await backend()).close();
    });
    process.exit(EXIT_CODES[signal]);
  });
}

/** Starts the app in this process; ends the process, in words, when that cannot be. */
export async function boot(): Promise<void> {
  if (!env().VERCEL) {
    findServer();
    endOn('SIGINT');
    endOn('SIGTERM');
  }
  try {
    await startUp();
  } catch (error) {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n\n`);
    if (env().VERCEL) throw error;
    process.exit(1);
  }
}
