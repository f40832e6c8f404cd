import { Pool } from 'undici';
import { z } from 'zod';
import { monotonicMs, sleep } from '../harness/clock.ts';
import { event } from '../harness/event.ts';
import { serve } from '../harness/rpc.ts';

/** The load generator, in a process of its own: publishes events over HTTP, closed loop or at a rate. */
const commonSchema = z.object({
  urls: z.array(z.string()).min(1),
  headers: z.record(z.string(), z.string()),
  run: z.number(),
  events: z.number(),
  bytes: z.number(),
  connections: z.number(),
  status: z.number(),
});
const closedSchema = commonSchema.extend({ batch: z.number() });
const openSchema = commonSchema.extend({ perSecond: z.number() });
type Common = z.infer<typeof commonSchema>;

function post(
  pool: Pool,
  path: string,
  headers: Record<string, string>,
  body: string,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    let status = 0;
    const chunks: Buffer[] = [];
    pool.dispatch(
      { method: 'POST', path, headers, body },
      {
        onRequestStart: () => undefined,
        onResponseStart: (_controller, code) => {
          status = code;
        },
        onResponseData: (_controller, chunk) => {
          chunks.push(chunk);
        },
        onResponseEnd: () =>
          resolve({ status, text: chunks.length === 1 ? `${chunks[0]}` : Buffer.concat(chunks).toString() }),
        onResponseError: (_controller, error) => reject(error),
      },
    );
  });
}

function targets(settings: Common) {
  const headers = { 'content-type': 'application/json', ...settings.headers };
  const pools = settings.urls.map((url) => {
    const { origin, pathname, search } = new URL(url);
    const connections = Math.ceil(settings.connections / settings.urls.length);
    return { pool: new Pool(origin, { connections, pipelining: 1 }), path: pathname + search };
  });
  let refused = 0;
  let example: string | undefined;
  return {
    async send(sequence: number, body: string): Promise<void> {
      const target = pools[sequence % pools.length];
      if (target === undefined) return;
      const { status, text } = await post(target.pool, target.path, headers, body);
      if (status !== settings.status || text.includes('"error"')) {
        refused++;
        example ??= `${status} ${text.slice(0, 300)}`;
      }
    },
    result: () => ({ refused, example }),
    close: () => Promise.all(pools.map(({ pool }) => pool.close())),
  };
}

const bodyOf = (settings: z.infer<typeof closedSchema>, request: number): string => {
  if (settings.batch === 0) return JSON.stringify(event(settings.run, request, settings.bytes));
  const first = request * settings.batch;
  const length = Math.min(settings.batch, settings.events - first);
  return JSON.stringify({
    events: Array.from({ length }, (_, at) => event(settings.run, first + at, settings.bytes)),
  });
};

async function closed(params: unknown) {
  const settings = closedSchema.parse(params);
  const target = targets(settings);
  const requests = settings.batch === 0 ? settings.events : Math.ceil(settings.events / settings.batch);
  let next = 0;
  const startedAt = monotonicMs();
  await Promise.all(
    Array.from({ length: Math.min(settings.connections, requests) }, async () => {
      while (next < requests) {
        const request = next++;
        await target.send(request, bodyOf(settings, request));
      }
    }),
  );
  const endedAt = monotonicMs();
  await target.close();
  return { startedAt, endedAt, ...target.result() };
}

/** Sends event `n` at `n / perSecond`, whether earlier ones were answered or not; answers when each left. */
async function open(params: unknown) {
  const settings = openSchema.parse(params);
  const target = targets(settings);
  const sentAt = new Float64Array(settings.events);
  const open: Promise<void>[] = [];
  const startedAt = monotonicMs();
  for (let sequence = 0; sequence < settings.events; ) {
    const due = Math.min(settings.events, ((monotonicMs() - startedAt) / 1_000) * settings.perSecond);
    for (; sequence < due; sequence++) {
      const body = JSON.stringify(event(settings.run, sequence, settings.bytes));
      sentAt[sequence] = monotonicMs();
      open.push(target.send(sequence, body));
    }
    await sleep(1);
  }
  await Promise.all(open);
  const endedAt = monotonicMs();
  await target.close();
  return { startedAt, endedAt, sentAt, ...target.result() };
}

serve({ closed, open });
