import type { Family } from './families/family';

/** What is known of a delivery from outside. */
export interface Known {
  webhookId: string;
  deliveryId: string;
  userId: string;
  /** The event's time, as the body has it. */
  timestamp: string;
}

/** What a contract promises its integrators, written down from its guide, not from the code. */
export interface Promised {
  readonly contract: string;
  readonly family: Family;
  /** What is published, the name under which it is subscribed to, and another such name. */
  readonly event: { readonly type: string; readonly data: Readonly<Record<string, unknown>> };
  readonly name: string;
  readonly otherName: string;
  /** The body, in order where the contract keeps one. */
  body(known: Known): Readonly<Record<string, unknown>>;
  /** Headers as they are spelled, without those of signatures. */
  headers(known: Known): Readonly<Record<string, string>>;
  /** The header that has the attempt's time, if one has. */
  readonly attemptTime?: string;
  readonly signature: { readonly header: string; readonly prefix: string } | null;
  readonly secret: RegExp;
  /** How the guide's sample receiver prints the body it parsed, to verify it. */
  reprint(body: unknown): string;
  /** Waits in ms, and the share by which one may differ. */
  readonly waitsMs: readonly number[];
  readonly jitter: number;
  readonly testName: string;
  /** How the family's history spells these. */
  readonly words: {
    success: string | boolean;
    failed: string | boolean;
    held: string | boolean;
    answered500: string | null;
  };
}
