import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const BYTES = 16;
const pool = new Uint8Array(BYTES * 256);
let used = pool.length;

/** A new UUIDv7 of a moment. Chance is drawn for many at once: asking for it sixteen bytes at a time is slow. */
export function newId(at: Date): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += BYTES;
  return v7({ msecs: at.getTime(), random: pool.subarray(used - BYTES, used) });
}
