import type { FieldShape, Shape } from '../catalogue/shape';
import type { Contract, OfferedEvent } from './contract';
import { byCodePoint, printJson, printMembers, printString } from './json';

/** Prints a value; `filledTime` is the JSON of the time that stands in for one not published. */
export type Printer = (value: unknown, filledTime: string) => string;

interface Member {
  readonly name: string;
  readonly key: string;
  readonly print: Printer;
  readonly whenAbsent: 'leave out' | 'null' | 'time';
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Renames one key of a schema: `jobTitle` stays, or becomes `job_title`. */
function inCasing(name: string, casing: Contract['casing']): string {
  return casing === 'camelCase' ? name : name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/**
 * Whether a contract prints data just as it is stored: canonical JSON, in the schema's own names and order, which is what
 * validation makes of it.
 */
export function printsAsStored({ json, casing, absentFields }: Contract, offered?: OfferedEvent): boolean {
  const isCompact =
    json.itemSeparator === ',' && json.keySeparator === ':' && !json.sortKeys && !json.asciiOnly;
  const isJavaScript = isCompact && json.numbers === 'javascript';
  return isJavaScript && casing === 'camelCase' && absentFields === 'left out' && !offered?.omit?.length;
}

function whenAbsent(field: FieldShape, contract: Contract, given: readonly string[]): Member['whenAbsent'] {
  if (contract.absentFields === 'left out' || given.includes(field.name)) return 'leave out';
  return field.shape.kind === 'time' ? 'time' : 'null';
}

function objectPrinter(members: readonly Member[], contract: Contract): Printer {
  const style = contract.json;
  return (value, filledTime) => {
    if (!isRecord(value)) return printJson(value, style);
    const printed: string[] = [];
    for (const { name, key, print, whenAbsent } of members) {
      const inner = value[name];
      const isAbsent = inner === undefined || (inner === null && whenAbsent === 'time');
      if (!isAbsent) printed.push(key + print(inner, filledTime));
      else if (whenAbsent !== 'leave out') printed.push(key + (whenAbsent === 'time' ? filledTime : 'null'));
    }
    return printMembers('{', printed, '}', style);
  };
}

/**
 * Makes the printer of data of a shape, as a contract wants it: the schema's own keys in the
 * contract's casing and order, free-form values as they are, absent fields filled or left out.
 * A value that does not have the shape is printed as it is; nothing is thrown.
 */
export function compilePrinter(shape: Shape, contract: Contract, offered?: OfferedEvent): Printer {
  const style = contract.json;
  if (shape.kind === 'list') {
    const print = compilePrinter(shape.item, contract);
    return (value, filledTime) =>
      Array.isArray(value)
        ? printMembers(
            '[',
            value.map((item: unknown) => print(item, filledTime)),
            ']',
            style,
          )
        : printJson(value, style);
  }
  if (shape.kind !== 'object') return (value) => printJson(value, style);
  const members = shape.fields
    .filter((field) => !offered?.omit?.includes(field.name))
    .map((field) => ({ field, name: inCasing(field.name, contract.casing) }));
  if (style.sortKeys) members.sort((a, b) => byCodePoint(a.name, b.name));
  return objectPrinter(
    members.map(({ field, name }) => ({
      name: field.name,
      key: printString(name, style) + style.keySeparator,
      print: compilePrinter(field.shape, contract),
      whenAbsent: whenAbsent(field, contract, offered?.whenGiven ?? []),
    })),
    contract,
  );
}
