export interface Issue {
  /** Where: `user.email`, `learningResources[0].title`; empty for the data itself. */
  readonly path: string;
  readonly message: string;
}

/** Deeper data would not survive the parsers of some receivers (Python gives up near 1000). */
const MAX_DEPTH = 64;

/** Joins a path and the next key or index. */
export function joinPath(path: string, step: PropertyKey): string {
  if (typeof step === 'number') return `${path}[${step}]`;
  return path === '' ? String(step) : `${path}.${String(step)}`;
}

function textFault(value: string): string | undefined {
  if (value.includes('\u0000')) return 'must not contain the character U+0000';
  if (!value.isWellFormed()) return 'must not contain half of a surrogate pair: it is not valid Unicode';
  return undefined;
}

function isPlainObject(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function keyFault(key: string): string | undefined {
  return key === '__proto__' ? 'is not allowed as a name' : textFault(key);
}

/**
 * Finds the first thing in a value that JSON, PostgreSQL or a receiver would not carry unchanged:
 * U+0000, lone surrogates (in keys too), numbers that are not finite, objects that are not plain,
 * nesting deeper than 64. A property that is undefined counts as absent.
 */
export function findUnportable(value: unknown, path = '', depth = 0): Issue | undefined {
  if (depth > MAX_DEPTH) return { path, message: `must not be nested deeper than ${MAX_DEPTH} levels` };
  if (typeof value === 'string') {
    const message = textFault(value);
    return message === undefined ? undefined : { path, message };
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? undefined : { path, message: 'must be a finite number' };
  }
  if (value === null || typeof value === 'boolean') return undefined;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const issue = findUnportable(value[index], joinPath(path, index), depth + 1);
      if (issue) return issue;
    }
    return undefined;
  }
  if (typeof value !== 'object' || !isPlainObject(value)) return { path, message: 'must be a JSON value' };
  for (const key of Object.keys(value)) {
    const message = keyFault(key);
    if (message !== undefined) return { path: joinPath(path, JSON.stringify(key)), message };
    const inner = value[key];
    const issue = inner === undefined ? undefined : findUnportable(inner, joinPath(path, key), depth + 1);
    if (issue) return issue;
  }
  return undefined;
}
