import type { Load, LoadGenerator, Target } from '../load/client.ts';
import type { Receiver } from '../receiver/client.ts';

/** How much of one measure is published: `events` events of `bytes` bytes, each for `fanout` webhooks. */
export interface Publication extends Load {
  fanout: number;
}

/** One of the systems measured side by side, each on a database of its own in the same PostgreSQL. */
export interface System {
  /** Short and unique, as it stands in tables and plots. */
  readonly name: string;
  /** Settings worth knowing to judge its figures. */
  readonly settings: Record<string, string | number>;
  readonly databaseUrl: string;
  /** The processes whose trees are counted as the application. */
  readonly pids: readonly number[];
  /** Secrets of the webhooks 0 to `fanout` - 1, after making them where they do not exist. */
  webhooks(fanout: number): Promise<readonly string[]>;
  /** The HTTP route for one event. */
  target(fanout: number): Target;
  /** Publishes in batches of `batch`; resolves when all are accepted. */
  publishBatches(load: LoadGenerator, publication: Publication & { batch: number }): Promise<void>;
  /** Rows of outcomes stored so far. */
  outcomes(): Promise<number>;
  stop(): Promise<void>;
}

/** What every system is started with. */
export interface Surroundings {
  receiver: Receiver;
  databaseUrl: string;
}
