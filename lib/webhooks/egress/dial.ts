import { connect, type Socket } from 'node:net';

/** RFC 8305, section 5: how long an address is tried alone before the next one is tried beside it. */
const STAGGER_MS = 300;
/** However many addresses a name has. */
const MAX_ADDRESSES = 8;
const TCP_KEEP_ALIVE_MS = 60_000;

/**
 * Opens a TCP connection to the first of the addresses that accepts one ("happy eyeballs"): the next is tried when
 * one fails or takes its time, and the slower ones are dropped. Rejects with the last system error, or with the
 * signal's reason. `onTry` hears of each address before it is tried.
 */
export function dial(
  addresses: readonly string[],
  port: number,
  signal: AbortSignal,
  onTry: (address: string) => void,
): Promise<Socket> {
  const waiting = addresses.slice(0, MAX_ADDRESSES);
  const trying = new Set<Socket>();
  let stagger: NodeJS.Timeout | undefined;
  let lastError: unknown = new Error('no address');

  return new Promise((resolve, reject) => {
    function settle(winner: Socket | null, error: unknown): void {
      clearTimeout(stagger);
      signal.removeEventListener('abort', onAbort);
      waiting.length = 0;
      for (const socket of trying) if (socket !== winner) socket.destroy();
      trying.clear();
      if (winner === null) reject(error);
      else resolve(winner);
    }

    function onAbort(): void {
      settle(null, signal.reason);
    }

    function tryNext(): void {
      clearTimeout(stagger);
      const address = waiting.shift();
      if (address === undefined) {
        if (trying.size === 0) settle(null, lastError);
        return;
      }
      onTry(address);
      const socket = connect({
        host: address,
        port,
        noDelay: true,
        keepAlive: true,
        keepAliveInitialDelay: TCP_KEEP_ALIVE_MS,
      });
      trying.add(socket);
      // This listener stays: a socket that breaks while it is being handed over must not end the process.
      socket.on('error', (error) => {
        lastError = error;
        if (trying.delete(socket)) tryNext();
      });
      socket.once('connect', () => {
        if (trying.has(socket)) settle(socket, null);
      });
      if (waiting.length > 0) stagger = setTimeout(tryNext, STAGGER_MS);
    }

    if (signal.aborted) return reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    tryNext();
  });
}
