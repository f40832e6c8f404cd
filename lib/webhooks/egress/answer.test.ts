import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BodyKeeper, boundHeaders } from './answer';
import { LIMITS } from './types';

function keep(body: Buffer, pieceSize = body.length): BodyKeeper {
  const keeper = new BodyKeeper();
  for (let at = 0; at < body.length; at += pieceSize) keeper.add(body.subarray(at, at + pieceSize));
  return keeper;
}

describe('BodyKeeper', () => {
  it('gives a short body as it came, whatever its pieces', () => {
    const body = Buffer.from('naïve 応答 🎉 "ok"');
    for (let size = 1; size <= body.length; size += 1) expect(keep(body, size).text()).toBe(body.toString());
    expect(new BodyKeeper().text()).toBe('');
  });

  it.each(['a', 'é', '応', '🎉'])('cuts a long body of %s between characters', (character) => {
    const size = Buffer.byteLength(character);
    for (const shift of [0, 1, 2, 3]) {
      const text = 'x'.repeat(shift) + character.repeat(20_000);
      const kept = keep(Buffer.from(text), 1_000).text();
      expect(kept).toBe(text.slice(0, kept.length));
      expect(Buffer.byteLength(kept)).toBeGreaterThan(LIMITS.bodyBytes - size);
      expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(LIMITS.bodyBytes);
    }
  });

  it('replaces invalid bytes and drops U+0000, and is still within the limit', () => {
    expect(keep(Buffer.from([0x61, 0xff, 0x00, 0x62])).text()).toBe('a\ufffdb');
    const kept = keep(Buffer.alloc(LIMITS.bodyBytes, 0xff)).text();
    expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(LIMITS.bodyBytes);
    expect(kept).toMatch(/^\ufffd{5000,}$/);
  });

  it('gives text that PostgreSQL can hold, for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 1, max: 300 }), (bytes, repeat) => {
        const body = Buffer.concat(Array.from({ length: repeat }, () => bytes));
        const text = keep(body, 777).text();
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(LIMITS.bodyBytes);
        expect(text.includes('\u0000')).toBe(false);
        expect(text.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('boundHeaders', () => {
  it('joins what came several times and keeps the rest', () => {
    expect(boundHeaders({ 'set-cookie': ['a=1', 'b=2'], 'retry-after': '5', gone: undefined })).toEqual({
      'set-cookie': 'a=1, b=2',
      'retry-after': '5',
      gone: '',
    });
  });

  it('keeps at most so many headers and bytes', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`x-${index}`, 'v']));
    expect(Object.keys(boundHeaders(many))).toHaveLength(LIMITS.headers);
    const big = boundHeaders({ first: 'é'.repeat(3_000), second: 'b'.repeat(20_000), third: 'c' });
    const bytes = Object.entries(big).reduce(
      (sum, [name, value]) => sum + name.length + Buffer.byteLength(value),
      0,
    );
    expect(bytes).toBeLessThanOrEqual(LIMITS.headerBytes);
    expect(big.second).toMatch(/^b+$/);
  });

  it('is not led astray by a header called __proto__', () => {
    const received = Object.defineProperty({}, '__proto__', { value: 'x', enumerable: true });
    const kept = boundHeaders(received);
    expect(Object.entries(kept)).toEqual([['__proto__', 'x']]);
    expect(Object.getPrototypeOf(kept)).toBeNull();
  });
});
