import { LIMITS } from './types';

type ReceivedHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A receiver's text, as PostgreSQL's `text` can hold it. */
function withoutNul(text: string): string {
  return text.includes('\u0000') ? text.replaceAll('\u0000', '') : text;
}

/** The first headers of an answer, as many as the limits allow; a value that is too long is cut. */
export function boundHeaders(received: ReceivedHeaders): Record<string, string> {
  // Without a prototype: a header may be called __proto__.
  const kept: Record<string, string> = Object.create(null);
  let count = 0;
  let room: number = LIMITS.headerBytes;
  for (const name of Object.keys(received)) {
    if (count === LIMITS.headers || name.length >= room) break;
    const value = received[name];
    const text = typeof value === 'string' ? value : (value ?? []).join(', ');
    const cut = cutToBytes(withoutNul(text), room - name.length);
    room -= name.length + Buffer.byteLength(cut);
    kept[name] = cut;
    count += 1;
  }
  return kept;
}

/** The longest beginning of a text that has at most so many bytes as UTF-8; no character is cut through. */
function cutToBytes(text: string, bytes: number): string {
  if (text.length * 3 <= bytes || Buffer.byteLength(text) <= bytes) return text;
  return text.slice(0, new TextEncoder().encodeInto(text, new Uint8Array(bytes)).read);
}

/** Keeps the beginning of a body, in memory that does not depend on how many pieces it comes in. */
export class BodyKeeper {
  /** Bytes that came, kept or not. */
  received = 0;
  #kept: Buffer | null = null;
  #isOwn = false;

  add(chunk: Buffer): void {
    const used = Math.min(this.received, LIMITS.bodyBytes);
    this.received += chunk.length;
    if (this.#kept === null) {
      this.#kept = chunk.subarray(0, LIMITS.bodyBytes);
      return;
    }
    if (used === LIMITS.bodyBytes) return;
    if (!this.#isOwn) {
      const own = Buffer.allocUnsafeSlow(LIMITS.bodyBytes);
      this.#kept.copy(own);
      this.#kept = own;
      this.#isOwn = true;
    }
    chunk.copy(this.#kept, used, 0, LIMITS.bodyBytes - used);
  }

  get isOverLimit(): boolean {
    return this.received > LIMITS.bodyBytes;
  }

  /** What was kept, as text of at most `LIMITS.bodyBytes`; invalid bytes as U+FFFD, without U+0000. */
  text(): string {
    if (this.#kept === null) return '';
    const bytes = this.#kept.subarray(0, Math.min(this.received, LIMITS.bodyBytes));
    // A decoder that expects more holds back the character through which the limit cuts.
    const text = this.isOverLimit
      ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: true })
      : bytes.toString('utf8');
    return cutToBytes(withoutNul(text), LIMITS.bodyBytes);
  }
}
