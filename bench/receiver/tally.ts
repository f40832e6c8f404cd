import { createHmac, timingSafeEqual } from 'node:crypto';

const CHECKED_OF = 32;

/** What arrived in one run: each (event, webhook) pair counted, so that lost and doubled both show. */
export interface Counts {
  /** Requests of this run. */
  arrived: number;
  /** Pairs that arrived at least once. */
  distinct: number;
  /** Requests beyond the first of their pair. */
  doubled: number;
  /** Requests of an earlier run, or of none. */
  stray: number;
  /** Signatures checked (one in 32), and those that were wrong. */
  checked: number;
  forged: number;
}

/** What one run is expected to send; `keys` are the HMAC keys of its webhooks. */
export interface Plan {
  run: number;
  events: number;
  fanout: number;
  keys: readonly Buffer[];
  keepArrivals: boolean;
}

/** Counts the deliveries of one run, with the time of each pair's first arrival. */
export class Tally {
  readonly counts: Counts = { arrived: 0, distinct: 0, doubled: 0, stray: 0, checked: 0, forged: 0 };
  /** First arrival of pair `sequence * fanout + webhook`, monotonic ms; 0 where nothing came. */
  readonly firstAt: Float64Array;
  /** Every arrival as [pair, time], kept only when asked for. */
  readonly arrivals: number[] = [];
  readonly #seen: Uint8Array;
  readonly #plan: Plan;

  constructor(plan: Plan) {
    const { events, fanout } = plan;
    this.#plan = plan;
    this.firstAt = new Float64Array(events * fanout);
    this.#seen = new Uint8Array(events * fanout);
  }

  /** Takes a request for `webhook`, arrived at `at`. */
  take(webhook: number, head: string, body: Buffer, at: number): void {
    const pair = this.#pairOf(webhook, body);
    if (pair === undefined) {
      this.counts.stray++;
      return;
    }
    this.counts.arrived++;
    if (this.#seen[pair] === 0) {
      this.counts.distinct++;
      this.firstAt[pair] = at;
      this.#seen[pair] = 1;
    } else this.counts.doubled++;
    if (this.#plan.keepArrivals) this.arrivals.push(pair, at);
    if (this.counts.arrived % CHECKED_OF === 1) this.#check(webhook, head, body);
  }

  #pairOf(webhook: number, body: Buffer): number | undefined {
    const start = body.indexOf('bench-');
    if (start < 0) return undefined;
    const [, run, sequence] = body
      .toString('latin1', start, start + 40)
      .split('-')
      .map(Number);
    if (
      run !== this.#plan.run ||
      sequence === undefined ||
      !(sequence < this.#plan.events) ||
      !(webhook < this.#plan.fanout)
    )
      return undefined;
    return sequence * this.#plan.fanout + webhook;
  }

  #check(webhook: number, head: string, body: Buffer): void {
    const key = this.#plan.keys[webhook] ?? this.#plan.keys[0];
    if (key === undefined) return;
    this.counts.checked++;
    const header = (name: string) => new RegExp(`\\r\\n${name}: *([^\\r]*)`, 'i').exec(head)?.[1] ?? '';
    const mac = createHmac('sha256', key).update(`${header('webhook-id')}.${header('webhook-timestamp')}.`);
    const expected = mac.update(body).digest();
    const good = header('webhook-signature')
      .split(' ')
      .map((entry) => Buffer.from(entry.replace(/^v1,/, ''), 'base64'))
      .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
    if (!good) this.counts.forged++;
  }
}
