import { afterAll, afterEach, beforeAll } from 'vitest';
import { type Receiver, startReceiver } from '../../receiver';
import { type RunningApp, startApp } from '../../support/app';
import { startPostgres, type ThrowAwayPostgres } from '../../support/postgres';
import { type Call, caller, userIdOf } from './client';

export interface World {
  readonly app: RunningApp;
  /** Calls with the demo organization's API key. */
  readonly call: Call;
  /** Who made that key. */
  readonly userId: string;
  /** A receiver of the test's own, closed after it. */
  receiver(): Promise<Receiver>;
}

/** One running app for the tests of a file, embedded or on a PostgreSQL. Read its fields inside of tests only. */
export function world({ postgres = false } = {}): World {
  let database: ThrowAwayPostgres | undefined;
  let running: { app: RunningApp; call: Call; userId: string } | undefined;
  const receivers: Receiver[] = [];
  const there = () => {
    if (!running) throw new Error('The app runs while tests do');
    return running;
  };
  beforeAll(async () => {
    if (postgres) database = await startPostgres();
    const env = database && { DATABASE_URL: database.url, HIREHOOK_ALLOW_PRIVATE_TARGETS: '1' };
    const app = await startApp({ env });
    const call = caller(app.url, app.demo.apiKey);
    running = { app, call, userId: await userIdOf(call) };
  }, 300_000);
  afterEach(async () => {
    await Promise.all(receivers.splice(0).map((receiver) => receiver.close()));
  });
  afterAll(async () => {
    await running?.app.stop();
    await database?.stop();
  });
  return {
    get app() {
      return there().app;
    },
    get call() {
      return there().call;
    },
    get userId() {
      return there().userId;
    },
    async receiver() {
      const receiver = await startReceiver();
      receivers.push(receiver);
      return receiver;
    },
  };
}
