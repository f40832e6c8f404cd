import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pythonJsonVectors } from '@/tests/support/vectors';
import { hrIntelligence } from './hr-intelligence';
import { allContracts } from './index';
import { byCodePoint, printJson, printNumber } from './json';
import { COMPACT_JSON } from './parts';
import { smartHiring } from './smart-hiring';

const python = hrIntelligence.json;

/** JSON values as they arrive: parsed from text, so without -0, with well-formed strings. */
const jsonValue = () =>
  fc
    .jsonValue({ stringUnit: 'binary', maxDepth: 3 })
    .map((value): unknown => JSON.parse(JSON.stringify(value)));

describe('against Python', () => {
  test('there is a vector for each kind of value', () => {
    expect(pythonJsonVectors.length).toBeGreaterThan(800);
  });

  test('json.dumps(value, sort_keys=True)', () => {
    for (const { value, sorted } of pythonJsonVectors) {
      expect(printJson(value, smartHiring.json)).toBe(sorted);
    }
  });

  test("json.dumps(value, sort_keys=True, separators=(',', ':'))", () => {
    for (const { value, sorted_compact } of pythonJsonVectors) {
      expect(printJson(value, python)).toBe(sorted_compact);
    }
  });
});

test.each([
  [330.5, '330.5'],
  [0.0001, '0.0001'],
  [0.00001, '1e-05'],
  [0.00000015, '1.5e-07'],
  [1e-10, '1e-10'],
  [1e16, '10000000000000000'],
  [2 ** 53, '9007199254740992'],
  [1e20, '100000000000000000000'],
  [1e21, '1e+21'],
  [-0, '0'],
  [5e-324, '5e-324'],
])('%d prints as %s', (value, printed) => {
  expect(printNumber(value, python)).toBe(printed);
});

test('numbers that JSON does not have print as null, in both kinds', () => {
  expect(printJson([Number.NaN, Infinity], python)).toBe('[null,null]');
  expect(printJson([Number.NaN, -Infinity], COMPACT_JSON)).toBe('[null,null]');
});

test('compact JSON is what JSON.stringify prints', () => {
  fc.assert(
    fc.property(jsonValue(), (value) => {
      expect(printJson(value, COMPACT_JSON)).toBe(JSON.stringify(value));
    }),
  );
  expect(printJson({ a: undefined, b: [undefined] }, COMPACT_JSON)).toBe('{"b":[null]}');
});

test('every style parses back to the value it printed', () => {
  fc.assert(
    fc.property(jsonValue(), fc.constantFrom(...allContracts), (value, contract) => {
      expect(JSON.parse(printJson(value, contract.json))).toEqual(value);
    }),
  );
});

test("Python's style holds printable ASCII only, and keys in the order of their code points", () => {
  const record = fc.dictionary(fc.string({ unit: 'binary' }), jsonValue());
  fc.assert(
    fc.property(record, (value) => {
      const printed = printJson(value, python);
      expect(printed).toMatch(/^[ -~]*$/);
      const sorted = Object.keys(value).sort((a, b) => Buffer.compare(utf32(a), utf32(b)));
      const members = sorted.map((key) => `${printJson(key, python)}:${printJson(value[key], python)}`);
      expect(printed).toBe(`{${members.join(',')}}`);
    }),
  );
});

function utf32(text: string): Buffer {
  return Buffer.concat(
    [...text].map((character) => {
      const unit = Buffer.alloc(4);
      unit.writeUInt32BE(character.codePointAt(0) ?? 0);
      return unit;
    }),
  );
}

test('code points beyond the first plane sort after all others', () => {
  expect(['\u{10000}', '\uffff', 'a', '', '\ue000'].sort(byCodePoint)).toEqual([
    '',
    'a',
    '\ue000',
    '\uffff',
    '\u{10000}',
  ]);
});
