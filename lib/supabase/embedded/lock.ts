import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Another process has the folder. */
export class FolderInUseError extends Error {
  override name = 'FolderInUseError';
}

/** The longest path that every platform takes for a socket. */
const LONGEST_SOCKET_PATH = 100;
/** How long a rival that saw the same stale lock may take to replace ours. */
const SETTLE_MS = 60;

function addressOf(directory: string): string {
  const real = fs.realpathSync(directory);
  const id = createHash('sha256').update(real).digest('hex').slice(0, 20);
  if (process.platform === 'win32') return `\\\\.\\pipe\\hirehook-${id}`;
  const inside = path.join(real, 'lock.sock');
  return Buffer.byteLength(inside) + 16 <= LONGEST_SOCKET_PATH
    ? inside
    : path.join(os.tmpdir(), `hirehook-${id}.sock`);
}

/** The process that listens at the address, or undefined when nobody does. */
function holderOf(address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let said = '';
    const socket = net.connect(address);
    socket.setTimeout(2000, () => socket.destroy());
    socket.on('connect', () => {
      said ||= 'unknown';
    });
    socket.on('data', (data) => {
      said = data.toString('utf8');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(said || undefined));
  });
}

function listen(address: string): Promise<net.Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = net.createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end(String(process.pid));
    });
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(address, () => resolve(server.unref()));
  });
}

/** Takes a dead process's socket out of the way; if it turns out to live, puts it back. */
async function clearStale(address: string): Promise<string | undefined> {
  const aside = `${address}.${randomBytes(4).toString('hex')}`;
  try {
    fs.renameSync(address, aside);
  } catch {
    return undefined;
  }
  const holder = await holderOf(aside);
  try {
    if (holder) fs.linkSync(aside, address);
  } catch {
    // A third process took the name meanwhile; whose it is will be seen when everybody looks again.
  }
  fs.rmSync(aside, { force: true });
  return holder;
}

/** The process that has the folder, if any: to refuse early. Only `lockFolder` decides. */
export async function folderHolder(directory: string): Promise<string | undefined> {
  return fs.existsSync(directory) ? holderOf(addressOf(directory)) : undefined;
}

/** What somebody is told whose folder another process has. */
export function inUse(directory: string, holder: string): string {
  return `The folder ${directory} is in use by process ${holder}. Stop that one first, or set HIREHOOK_DIR to another folder.`;
}

/**
 * Takes a folder for this process. PGlite itself takes no lock, and two processes on one folder corrupt
 * it silently. A listening socket is a lock that the operating system drops when the process dies.
 * @returns what gives the folder back
 * @throws FolderInUseError that names the process which has it
 */
export async function lockFolder(directory: string): Promise<() => Promise<void>> {
  const address = addressOf(directory);
  const refuse = (holder: string) => new FolderInUseError(inUse(directory, holder));
  for (let round = 0; round < 5; round++) {
    const server = await listen(address);
    if (server) {
      if (process.platform !== 'win32') {
        const mine = fs.statSync(address, { throwIfNoEntry: false })?.ino;
        await sleep(SETTLE_MS);
        if (mine === undefined || fs.statSync(address, { throwIfNoEntry: false })?.ino !== mine) {
          server.close();
          throw refuse((await holderOf(address)) ?? 'unknown');
        }
      }
      return () => new Promise((resolve) => server.close(() => resolve()));
    }
    const holder = (await holderOf(address)) ?? (await clearStale(address));
    if (holder) throw refuse(holder);
  }
  throw refuse('unknown');
}
