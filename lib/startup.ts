import fs from 'node:fs';
import path from 'node:path';
import { type Demo, seedDemo } from './accounts/demo';
import { startCron } from './cron';
import { env } from './env';
import { type Backend, backend } from './supabase/backend';

/** Where this process is reached from this machine, whatever address it listens on. */
export function ownAddress(): string {
  const { HOST, PORT } = env();
  const host = !HOST || HOST === '0.0.0.0' || HOST === '::' ? '127.0.0.1' : HOST;
  return `http://${host.includes(':') ? `[${host}]` : host}:${PORT}`;
}

/** For scripts on this machine: nobody else may read it. */
function writeDemo(current: Backend, url: string, demo: Demo | undefined): void {
  const directory = path.resolve(/*turbopackIgnore: true*/ env().HIREHOOK_DIR);
  const file = path.join(directory, 'demo.json');
  const { cronSecret, publishableKey } = current;
  const part = `${file}.${process.pid}`;
  fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
  fs.writeFileSync(part, `${JSON.stringify({ url, ...demo, cronSecret, publishableKey }, null, 2)}\n`, {
    mode: 0o600,
  });
  fs.renameSync(part, file);
}

function announce(url: string, demo: Demo | undefined): void {
  const lines = [`Hirehook: ${url}`];
  if (demo) lines.push(`Demo sign-in: ${demo.email} / ${demo.password}`, `API key: ${demo.apiKey}`);
  process.stdout.write(`\n${lines.map((line) => `  ${line}`).join('\n')}\n\n`);
}

/**
 * What a process does once before it serves: opens the backend, makes the demo workspace on an empty
 * database, tells how to get in, and starts the cron where Vercel does not call it.
 * @throws what opening the database or seeding says
 */
export async function startUp(): Promise<void> {
  const current = await backend();
  if (env().VERCEL) return;
  const url = ownAddress();
  const demo = await seedDemo(current);
  if (current.kind !== 'hosted') writeDemo(current, url, demo);
  announce(url, demo);
  if (current.cronSecret) {
    startCron(url, current.cronSecret, (what, reason) => process.stderr.write(`cron: ${what}: ${reason}\n`));
  }
}
