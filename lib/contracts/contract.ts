/**
 * A contract is one product's promise to its integrators, as data: how a webhook is subscribed,
 * what its deliveries look like, how they are signed, and when they are tried again.
 * One engine reads it; nothing in the engine asks which contract it has before it.
 */

export const CONTRACT_NAMES = [
  'bpoc',
  'smart-hiring',
  'roleready',
  'skillora',
  'hr-intelligence',
  'standard',
] as const;

export type ContractName = (typeof CONTRACT_NAMES)[number];

/** Where the value of an envelope field or of a header comes from. */
export type Source =
  | 'event' // the name that the contract gives the event in its envelope
  | 'subscription' // the name under which the contract's webhooks subscribe to the event
  | 'deliveryId'
  | 'webhookId'
  | 'userId'
  | 'occurredAt' // the event's time: the same on every attempt
  | 'attemptedAt' // this attempt's time: header only, since a body never changes
  | 'data';

/** How the body is printed, byte for byte. */
export interface JsonStyle {
  /** Sort object keys by code point, at every level; otherwise the order is kept. */
  readonly sortKeys: boolean;
  /** Escape everything outside printable ASCII as Python's `json.dumps` does. */
  readonly asciiOnly: boolean;
  /** How fractions are printed: as `JSON.stringify` does, or as Python's `repr`. */
  readonly numbers: 'javascript' | 'python';
  readonly itemSeparator: ',' | ', ';
  readonly keySeparator: ':' | ': ';
}

/** The contract's own signature header: HMAC-SHA256 over the body, hex, after a prefix. */
interface SignatureHeader {
  readonly header: string;
  readonly prefix: '' | 'sha256=';
}

/** How long an attempt may take, in ms. */
interface Timeouts {
  /** Until the connection stands (DNS and TLS included). */
  readonly connectMs: number;
  /** From the request sent to the last byte of the answer. */
  readonly answerMs: number;
  /** The whole attempt. */
  readonly totalMs: number;
}

interface RetryPolicy {
  /** Waits in ms after the first, second, … failed attempt; one attempt more than waits. */
  readonly delaysMs: readonly number[];
  /** Share of a wait by which it may be longer or shorter, 0 to 1. */
  readonly jitter: number;
  /** Answers that end the delivery at once, as inclusive status ranges (410 always does). */
  readonly finalStatuses: readonly (readonly [from: number, to: number])[];
}

/** When a webhook is switched off by itself. */
export type SwitchOffRule =
  | { readonly kind: 'consecutive'; readonly failedDeliveries: number }
  | { readonly kind: 'sustained'; readonly withoutSuccessMs: number; readonly failedDeliveries: number };

/** One event as a contract offers it. */
export interface OfferedEvent {
  /** Canonical type in the catalogue. */
  readonly type: string;
  /** Name under which webhooks subscribe. */
  readonly subscription: string;
  /** Name in the envelope. */
  readonly envelope: string;
  /** Canonical names of data fields that this contract leaves out. */
  readonly omit?: readonly string[];
  /** Canonical names of optional data fields that the guide does not show: there only if published. */
  readonly whenGiven?: readonly string[];
}

export interface Contract {
  readonly name: ContractName;
  readonly title: string;
  readonly userAgent: string;
  /** Who a webhook belongs to: an organization, or one user of it (who only gets events of their own). */
  readonly ownedBy: 'organization' | 'user';
  readonly casing: 'camelCase' | 'snake_case';
  /**
   * Optional fields that were not published: filled (a time with the event's time, anything else
   * with null), so that each payload has the shape its guide shows; or left out.
   */
  readonly absentFields: 'filled' | 'left out';
  /** Envelope fields, in order. */
  readonly envelope: readonly { readonly field: string; readonly source: Source }[];
  readonly json: JsonStyle;
  readonly timestamps: 'seconds' | 'milliseconds';
  /** The contract's own headers beside its signature and User-Agent. */
  readonly headers: readonly { readonly name: string; readonly source: Source }[];
  /** Null where the standard headers are the contract's own. */
  readonly signature: SignatureHeader | null;
  readonly secret: {
    readonly prefix: '' | 'whsec_' | 'wsk_live_';
    readonly bytes: number;
    readonly encoding: 'base64' | 'base64url' | 'hex';
    /** Whether a caller may bring a secret of their own. */
    readonly custom: boolean;
  };
  readonly retry: RetryPolicy;
  readonly timeouts: Timeouts;
  readonly switchOff: SwitchOffRule;
  /** Whether webhooks may subscribe to `prefix.*` and `*`. */
  readonly wildcards: boolean;
  readonly events: readonly OfferedEvent[];
  /** The event name of a test delivery, and the sentence its data carries. */
  readonly test: { readonly event: string; readonly message: string };
}
