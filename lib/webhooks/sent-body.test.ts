import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sentBody, storedBody } from './sent-body';

const text = fc.string({ unit: 'binary' });

it('is stored without its data where it carries that as it is stored, and put together again', () => {
  fc.assert(
    fc.property(text, text, text, fc.boolean(), (head, data, tail, isSame) => {
      const stored = isSame ? data : `${data} `;
      const sent = sentBody({ head, data, tail }, stored);
      expect(typeof sent).toBe(isSame ? 'object' : 'string');
      const row =
        typeof sent === 'string'
          ? { body: sent, body_head: null, body_tail: null }
          : { body: null, body_head: sent.head, body_tail: sent.tail };
      expect(storedBody(row, stored)).toBe(head + data + tail);
    }),
  );
});

it('is stored whole where the data is not at hand', () => {
  expect(sentBody({ head: '{"data":', data: 'null', tail: '}' }, null)).toBe('{"data":null}');
});

it('is null before anything was sent', () => {
  expect(storedBody({ body: null, body_head: null, body_tail: null }, '{}')).toBeNull();
});
