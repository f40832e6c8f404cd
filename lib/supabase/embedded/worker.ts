/** The thread in which the local backend lives. `thread.ts` starts it and talks to it. */
import { parentPort, workerData } from 'node:worker_threads';
import { UNREACHED } from './errors.ts';
import { openEmbedded } from './open.ts';
import { quieten } from './quiet.ts';
import { type Ask, type Tell, unavailable } from './thread.ts';
import type { CallAnswer } from './types.ts';

const port = parentPort;
if (!port) throw new Error('worker.ts runs in a worker thread');
const tell = (message: Tell, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

quieten();

try {
  const backend = await openEmbedded(workerData);
  port.on('message', async (ask: Ask) => {
    if (ask.kind === 'close') {
      await backend.close().catch(console.error);
      tell({ kind: 'closed' });
      return;
    }
    if (ask.kind === 'call') {
      const answer = await backend.call(ask.call).catch((error: unknown): CallAnswer => {
        console.error(error);
        return { ok: false, ...UNREACHED };
      });
      tell({ kind: 'called', id: ask.id, answer });
      return;
    }
    const { id, url, method, headers, body } = ask;
    const response = await backend
      .handle(new Request(url, { method, headers, body }))
      .catch((error: unknown) => {
        console.error(error);
        return unavailable();
      });
    const bytes = await response.arrayBuffer();
    tell({ kind: 'answer', id, status: response.status, headers: [...response.headers], body: bytes }, [
      bytes,
    ]);
  });
  tell({ kind: 'ready', keys: backend.keys });
} catch (error) {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  tell({ kind: 'failed', name, message });
}
