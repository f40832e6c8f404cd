/** The thread in which the local backend lives. `client.ts` starts it and talks to it. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Ask, Tell } from './client.ts';
import { openEmbedded } from './open.ts';
import { quieten } from './quiet.ts';

const port = parentPort;
if (!port) throw new Error('worker.ts runs in a worker thread');
const tell = (message: Tell, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

quieten();

try {
  const backend = await openEmbedded(workerData);
  port.on('message', async (ask: Ask) => {
    if (ask.kind === 'close') {
      await backend.close().catch(() => undefined);
      tell({ kind: 'closed' });
      return;
    }
    const { id, url, method, headers, body } = ask;
    try {
      const response = await backend.handle(new Request(url, { method, headers, body }));
      const bytes = await response.arrayBuffer();
      tell({ kind: 'answer', id, status: response.status, headers: [...response.headers], body: bytes }, [
        bytes,
      ]);
    } catch (error) {
      console.error(error);
      tell({ kind: 'fault', id });
    }
  });
  tell({ kind: 'ready', keys: backend.keys });
} catch (error) {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  tell({ kind: 'failed', name, message });
}
