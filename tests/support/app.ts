import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { freePort } from './postgres';

const demoFile = z.object({
  url: z.url(),
  email: z.string(),
  password: z.string(),
  apiKey: z.string(),
  organizationId: z.uuid(),
  cronSecret: z.string(),
  publishableKey: z.string(),
});

export type Demo = z.infer<typeof demoFile>;

export type RunningApp = {
  url: string;
  /** What demo.json tells scripts. */
  demo: Demo;
  directory: string;
  process: ChildProcess;
  /** Everything that it printed so far, both streams. */
  output(): string;
  /** Sends a signal and waits for the end. @returns the exit code, null when the signal killed it */
  kill(signal: NodeJS.Signals): Promise<number | null>;
  /** Ends it in order, and removes its folder unless it was given. */
  stop(): Promise<void>;
};

export type AppOptions = {
  /** HIREHOOK_DIR; a temporary folder unless given. */
  directory?: string;
  env?: Record<string, string>;
  dev?: boolean;
  /** How long it may take to be ready, a build included. */
  timeoutMs?: number;
};

const root = path.resolve(import.meta.dirname, '../..');
const READY_MS = 180_000;
const STOP_MS = 15_000;

/** Variables of whoever runs the tests would reach the app: these must not. */
const OURS =
  /^(HIREHOOK_|SUPABASE_|NEXT_|DATABASE_URL$|CRON_SECRET$|SMTP_URL$|PORT$|HOST$|NODE_ENV$|VITEST|LOG_LEVEL$|VERCEL)/;

/** `npm start` as a child process, without waiting for it: for starts that are meant to fail. */
export function spawnApp(env: Record<string, string>, dev = false): ChildProcess {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OURS.test(name)));
  return spawn(process.execPath, ['scripts/start.mjs', ...(dev ? ['--dev'] : [])], {
    cwd: root,
    env: { ...inherited, ...env, NODE_ENV: dev ? 'development' : 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function exited(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}

function readDemo(file: string): Demo | undefined {
  if (!fs.existsSync(file)) return undefined;
  return demoFile.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
}

/**
 * Starts the built app (building it first when it is out of date) on a free port of the loopback, and
 * waits until it has told how to get in and answers.
 * @throws with what it printed, when it ends or takes too long
 */
export async function startApp(options: AppOptions = {}): Promise<RunningApp> {
  const directory = options.directory ?? fs.mkdtempSync(path.join(os.tmpdir(), 'hirehook-app-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawnApp({ HIREHOOK_DIR: directory, PORT: String(port), ...options.env }, options.dev);
  const printed: string[] = [];
  child.stdout?.on('data', (data) => printed.push(String(data)));
  child.stderr?.on('data', (data) => printed.push(String(data)));
  const output = () => printed.join('');
  const kill = (signal: NodeJS.Signals) => {
    const end = exited(child);
    child.kill(signal);
    return end;
  };
  const stop = async () => {
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await kill('SIGTERM');
    clearTimeout(timer);
    if (!options.directory) fs.rmSync(directory, { recursive: true, force: true });
  };

  const demoPath = path.join(directory, 'demo.json');
  const until = Date.now() + (options.timeoutMs ?? READY_MS);
  while (Date.now() < until) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    const demo = readDemo(demoPath);
    if (demo?.url === url) {
      const answers = await fetch(`${url}/auth/v1/health`).then(
        () => true,
        () => false,
      );
      if (answers) return { url, demo, directory, process: child, output, kill, stop };
    }
    await sleep(50);
  }
  await stop();
  throw new Error(`The app did not start:\n${output()}`);
}
