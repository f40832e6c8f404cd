import type { JsonStyle } from './contract';

const OUTSIDE_PRINTABLE_ASCII = /[\u007f-\uffff]+/g;

function escapeUnits(run: string): string {
  let escaped = '';
  for (let index = 0; index < run.length; index++) {
    escaped += `\\u${(0x10000 + run.charCodeAt(index)).toString(16).slice(1)}`;
  }
  return escaped;
}

/** Prints a string as JSON; with `asciiOnly` as Python's `json.dumps` does, U+007F included. */
export function printString(value: string, style: JsonStyle): string {
  const printed = JSON.stringify(value);
  return style.asciiOnly ? printed.replace(OUTSIDE_PRINTABLE_ASCII, escapeUnits) : printed;
}

/**
 * Prints a number as JSON. Python's `repr` differs from JavaScript in fractions only: it goes to an
 * exponent below 1e-4 (JavaScript below 1e-6), and gives the exponent at least two digits. A number
 * that is not finite prints as `null`, as in `JSON.stringify`.
 */
export function printNumber(value: number, style: JsonStyle): string {
  if (!Number.isFinite(value)) return 'null';
  const isSmallFraction = value !== 0 && Math.abs(value) < 1e-4;
  if (style.numbers === 'javascript' || !isSmallFraction) return String(value);
  return value.toExponential().replace(/e-(\d)$/, 'e-0$1');
}

const isSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdfff;

/** Orders strings by code point, as Python does; JavaScript's own order is by UTF-16 unit. */
export function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const x = a.charCodeAt(index);
    const y = b.charCodeAt(index);
    if (x === y) continue;
    if (isSurrogate(x) === isSurrogate(y)) return x - y;
    return isSurrogate(x) ? 1 : -1;
  }
  return a.length - b.length;
}

/** Puts printed members between brackets. */
export function printMembers(
  open: '{' | '[',
  members: readonly string[],
  close: '}' | ']',
  style: JsonStyle,
) {
  return `${open}${members.join(style.itemSeparator)}${close}`;
}

/**
 * Prints a JSON value byte for byte as a contract wants it. As in `JSON.stringify`, a property that
 * is undefined is left out, and an item that is undefined prints as `null`.
 */
export function printJson(value: unknown, style: JsonStyle): string {
  if (typeof value === 'string') return printString(value, style);
  if (typeof value === 'number') return printNumber(value, style);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value === null || typeof value !== 'object') return 'null';
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => printJson(item, style));
    return printMembers('[', items, ']', style);
  }
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  if (style.sortKeys) entries.sort(([a], [b]) => byCodePoint(a, b));
  const members = entries.map(
    ([key, inner]) => `${printString(key, style)}${style.keySeparator}${printJson(inner, style)}`,
  );
  return printMembers('{', members, '}', style);
}
