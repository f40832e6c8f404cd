import { type ChildProcess, spawn } from 'node:child_process';
import { monotonicMs, sleep } from './clock.ts';

const children = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** An HTTP server that the benchmark started. */
export interface Server {
  readonly pid: number;
  readonly url: string;
  stop(): Promise<void>;
}

/** Runs `node <args>` to its end; throws with the last lines of its output when it fails. */
export async function runNode(
  args: readonly string[],
  options: { cwd: string; env?: Record<string, string> },
): Promise<void> {
  const child = spawn(process.execPath, args, { cwd: options.cwd, env: { ...process.env, ...options.env } });
  children.add(child);
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  children.delete(child);
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}\n${output.slice(-3_000)}`);
}

/** Starts `node <args>` and waits until `health` answers 200; throws with its last output when it does not. */
export async function startServer(
  args: readonly string[],
  options: { cwd: string; env: Record<string, string>; url: string; health: string; timeoutMs: number },
): Promise<Server> {
  const child = spawn(process.execPath, args, {
    cwd: options.cwd,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      DO_NOT_TRACK: '1',
      ...options.env,
    },
  });
  children.add(child);
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk).slice(-4_000);
    if (process.env.BENCH_VERBOSE) process.stderr.write(chunk);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  let ended = false;
  const gone = new Promise<void>((resolve) => {
    child.once('close', () => {
      ended = true;
      children.delete(child);
      resolve();
    });
  });
  const { pid } = child;
  const deadline = monotonicMs() + options.timeoutMs;
  for (;;) {
    const healthy = await fetch(options.url + options.health).then(
      (response) => response.ok,
      () => false,
    );
    if (healthy && !ended) break;
    if (ended || pid === undefined || monotonicMs() > deadline)
      throw new Error(`node ${args.join(' ')} did not get ready\n${output}`);
    await sleep(100);
  }
  if (pid === undefined) throw new Error(`node ${args.join(' ')} did not start`);
  return {
    pid,
    url: options.url,
    async stop() {
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await gone;
      clearTimeout(force);
    },
  };
}
