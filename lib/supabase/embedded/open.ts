import fs from 'node:fs';
import path from 'node:path';
import { answerDirectly, directCalls } from './direct.ts';
import { type Driver, openPglite, openPostgres } from './drivers.ts';
import { keysOfDatabase, keysOfFolder } from './keys.ts';
import { lockFolder } from './lock.ts';
import { mutex } from './mutex.ts';
import { apiOf, provision } from './provision.ts';
import { tune } from './tune.ts';
import type { Embedded, EmbeddedOptions, Keys } from './types.ts';

const VACUUM_EVERY_MS = 10 * 60_000;

const CLOSED = { code: 422, error_code: 'signup_disabled', msg: 'Signups not allowed for this instance' };

/** Whether a request would make an account although accounts are by invitation: the server itself still may. */
function refusesSignUp(request: Request, keys: Keys): boolean {
  return (
    /\/auth\/v1\/(signup|otp|magiclink)\/?$/.test(new URL(request.url).pathname) &&
    request.headers.get('apikey') !== keys.secretKey
  );
}

async function serve(
  driver: Driver,
  keys: Keys,
  options: EmbeddedOptions,
): Promise<Pick<Embedded, 'handle' | 'call'>> {
  tune(driver.connection);
  const api = await apiOf(driver.connection, keys);
  await api.init();
  await driver.connection.clearSchemaCache();
  await driver.connection.introspect();
  const call = await directCalls(driver);
  return {
    call,
    handle: async (request) => {
      if (options.signUp === false && refusesSignUp(request, keys)) {
        return Response.json(CLOSED, { status: CLOSED.code });
      }
      return (await answerDirectly(request, keys.secretKey, call)) ?? api.fetch(request);
    },
  };
}

async function openOnPostgres(url: string, options: EmbeddedOptions): Promise<Embedded> {
  const driver = await openPostgres(url);
  try {
    const keys = await driver.alone(async (db) => {
      await provision(driver, db, options.migrations);
      return keysOfDatabase(db, options.keys);
    });
    return { keys, ...(await serve(driver, keys, options)), close: () => driver.connection.close() };
  } catch (error) {
    await driver.connection.close();
    throw error;
  }
}

async function openOnPglite(options: EmbeddedOptions): Promise<Embedded> {
  const { directory } = options;
  fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
  const unlock = await lockFolder(directory);
  try {
    const folder = path.join(directory, 'database');
    const ready = path.join(directory, 'ready');
    // Without the marker a first start was cut off: what it left is no database.
    if (!fs.existsSync(ready)) fs.rmSync(folder, { recursive: true, force: true });
    const keys = keysOfFolder(directory, options.keys);
    const driver = await openPglite(folder);
    await driver.alone((db) => provision(driver, db, options.migrations));
    fs.writeFileSync(ready, '');
    const served = await serve(driver, keys, options);
    const oneAtATime = mutex();
    const vacuum = setInterval(
      () => void oneAtATime(() => driver.alone((db) => db.exec('vacuum (analyze)'))).catch(() => undefined),
      options.vacuumEveryMs ?? VACUUM_EVERY_MS,
    ).unref();
    return {
      keys,
      handle: (request) => oneAtATime(() => served.handle(request)),
      call: (call) => oneAtATime(() => served.call(call)),
      close: async () => {
        clearInterval(vacuum);
        await oneAtATime(() => driver.connection.close());
        await unlock();
      },
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

/**
 * Opens the local backend in this thread: PGlite in a folder, or a PostgreSQL of one's own.
 * @throws FolderInUseError when another process has the folder; what the database or a migration says
 */
export function openEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  return options.databaseUrl ? openOnPostgres(options.databaseUrl, options) : openOnPglite(options);
}
