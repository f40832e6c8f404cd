import path from 'node:path';
import { freePort } from '../harness/postgres.ts';
import { runNode, type Server, startServer } from '../harness/server.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const APP = path.join(ROOT, 'bench/peers/app');
const NEXT = path.join(ROOT, 'node_modules/next/dist/bin/next');

let built: Promise<unknown> | null = null;

/** Builds the Next app whose routes the peers are enqueued behind; once, however often it is asked for. */
export async function buildPeerApp(): Promise<void> {
  built ??= runNode([NEXT, 'build', APP], {
    cwd: ROOT,
    env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  await built;
}

/** Starts that app with `next start`, on `databaseUrl`, sending to the receiver. */
export async function startPeerApp(databaseUrl: string, receiverUrl: string): Promise<Server> {
  const port = await freePort();
  return startServer([NEXT, 'start', APP, '-p', String(port), '-H', '127.0.0.1'], {
    cwd: ROOT,
    env: { DATABASE_URL: databaseUrl, RECEIVER_URL: receiverUrl },
    url: `http://127.0.0.1:${port}`,
    health: '/api/empty',
    timeoutMs: 60_000,
  });
}
