/** One POST to a receiver. */
export interface SendRequest {
  readonly url: string;
  readonly method: 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  readonly timeouts: {
    /** For DNS, TCP and TLS together, when a connection has to be made. */
    readonly connectMs: number;
    /** From the request's start on an open connection to the last byte of the answer; up to totalMs when left out. */
    readonly answerMs?: number;
    /** For everything, from the call of `send` to the last byte of the answer. */
    readonly totalMs: number;
  };
  readonly signal?: AbortSignal;
}

/** Where the time went, in ms. DNS and connect are null where a kept-alive connection was used again. */
export interface Timings {
  readonly dnsMs: number | null;
  /** TCP and TLS. */
  readonly connectMs: number | null;
  /** From the start of the send to the first byte of the answer. */
  readonly firstByteMs: number | null;
}

/**
 * Why there was no answer: `dns` the name was not found · `connect` no route or a broken connection attempt ·
 * `refused` nothing listens there · `tls` no trusted encryption · `timeout_connect` no connection in time ·
 * `timeout` no complete answer in time · `reset` the connection broke before the answer ·
 * `blocked` the address or URL is not allowed · `protocol` what came back is not HTTP ·
 * `aborted` we gave up ourselves · `other` the request could not be made.
 */
export type ErrorClass =
  | 'dns'
  | 'connect'
  | 'refused'
  | 'tls'
  | 'timeout_connect'
  | 'timeout'
  | 'reset'
  | 'blocked'
  | 'protocol'
  | 'aborted'
  | 'other';

interface Answered {
  readonly kind: 'answered';
  readonly status: number;
  /** Lower-case names; at most `LIMITS.headers` of them and `LIMITS.headerBytes` in all. */
  readonly headers: Readonly<Record<string, string>>;
  /** At most `LIMITS.bodyBytes` as UTF-8, free of U+0000. */
  readonly body: string;
  /** Whether the receiver's body was longer than what is kept, or broke off. */
  readonly bodyTruncated: boolean;
  readonly durationMs: number;
  /** The IP address that answered. */
  readonly address: string | null;
  readonly timings: Timings;
}

interface Unanswered {
  readonly kind: 'unanswered';
  readonly errorClass: ErrorClass;
  /** One sentence for a recruiter. */
  readonly message: string;
  readonly durationMs: number;
  /** The IP address that was reached or tried last. */
  readonly address: string | null;
  readonly timings: Timings;
}

export type SendResult = Answered | Unanswered;

export interface Egress {
  /**
   * POSTs once and says what came of it. Never rejects, never follows a redirect, never decompresses,
   * and settles within `timeouts.totalMs`.
   */
  send(request: SendRequest): Promise<SendResult>;
  /** Refuses further sends, ends those in flight as `aborted`, closes every connection. */
  close(): Promise<void>;
}

export const LIMITS = {
  /** What is kept of an answer's body. */
  bodyBytes: 16 * 1024,
  /** How much more is read and thrown away to keep the connection usable; past it the connection is closed. */
  drainBytes: 64 * 1024,
  /** What is kept of an answer's headers. */
  headers: 64,
  headerBytes: 8 * 1024,
  /** Past this an answer's headers are a protocol error. */
  headerBytesAccepted: 32 * 1024,
} as const;
