import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const requestSchema = z.object({ id: z.number(), method: z.string(), params: z.unknown() });
const replySchema = z.object({
  id: z.number(),
  result: z.unknown().optional(),
  error: z.string().optional(),
});
const children = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** A process of the benchmark's own, asked by messages. */
export interface Worker {
  readonly pid: number;
  /** Calls a method of the other process; rejects with its error, or when it dies. */
  call<S extends z.ZodType>(method: string, params: unknown, result: S): Promise<z.infer<S>>;
  stop(): Promise<void>;
}

/** Starts `script` (an URL of a TypeScript file) in a process of its own, with `env` added to ours. */
export function startWorker(script: URL, env: Record<string, string> = {}): Worker {
  const child = fork(fileURLToPath(script), [], {
    env: { ...process.env, ...env },
    serialization: 'advanced',
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${script.pathname} did not start`);
  children.add(child);
  child.on('error', (error) => process.stderr.write(`${script.pathname}: ${error.message}\n`));
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let last = 0;
  child.on('message', (message) => {
    const reply = replySchema.parse(message);
    const caller = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.error === undefined) caller?.resolve(reply.result);
    else caller?.reject(new Error(`${script.pathname}: ${reply.error}`));
  });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      children.delete(child);
      for (const caller of waiting.values())
        caller.reject(new Error(`${script.pathname} died (${code ?? signal})`));
      resolve();
    });
  });
  return {
    pid,
    async call(method, params, result) {
      const id = ++last;
      const reply = await new Promise<unknown>((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        child.send({ id, method, params });
      });
      return result.parse(reply);
    },
    async stop() {
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await gone;
      clearTimeout(force);
    },
  };
}

/** Answers the parent's calls with `methods`, for as long as the parent lives. */
export function serve(methods: Record<string, (params: unknown) => unknown>): void {
  process.on('disconnect', () => process.exit(0));
  process.on('message', (message) => {
    const request = requestSchema.parse(message);
    const method = methods[request.method];
    Promise.resolve(request.params)
      .then((params) => {
        if (method === undefined) throw new Error(`no method ${request.method}`);
        return method(params);
      })
      .then(
        (result) => process.send?.({ id: request.id, result }),
        (error: unknown) =>
          process.send?.({
            id: request.id,
            error: error instanceof Error ? (error.stack ?? error.message) : String(error),
          }),
      );
  });
}
