import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createFifo } from './fifo';

it('gives what an array gives, whatever comes and goes', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat({ max: 300 }), fc.constant('drain'))), (steps) => {
      const fifo = createFifo<number>();
      let expected: number[] = [];
      let next = 0;
      for (const step of steps) {
        if (step === 'drain') {
          expect(fifo.drain()).toEqual(expected);
          expected = [];
          continue;
        }
        // Even: so many come. Odd: so many go, and one more than there are finds none.
        for (let n = 0; n < Number(step); n += 1) {
          if (Number(step) % 2 === 1) expect(fifo.shift()).toBe(expected.shift());
          else {
            fifo.push(next);
            expected.push(next);
            next += 1;
          }
        }
        expect(fifo.length).toBe(expected.length);
      }
    }),
  );
});
