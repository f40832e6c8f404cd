import { allContracts } from './index';

/** What the connection or the sender itself needs; undici refuses some of these, too. */
const OF_THE_CONNECTION = [
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'proxy-connection',
  'upgrade',
  'expect',
  'te',
  'trailer',
];

const ON_EVERY_DELIVERY = [
  'content-type',
  'user-agent',
  'webhook-id',
  'webhook-timestamp',
  'webhook-signature',
];

const MAX_HEADERS = 20;
const MAX_NAME_LENGTH = 100;
const MAX_VALUE_LENGTH = 4096;
/** RFC 9110, 5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const PRINTABLE_ASCII = /^[\t\x20-\x7e]*$/;

const reserved: ReadonlySet<string> = new Set(
  [
    ...OF_THE_CONNECTION,
    ...ON_EVERY_DELIVERY,
    ...allContracts.flatMap(({ headers, signature }) => [
      ...headers.map(({ name }) => name),
      ...(signature ? [signature.header] : []),
    ]),
  ].map((name) => name.toLowerCase()),
);

/** Names, in lower case, that no custom header may have, whatever the contract of its webhook. */
export function reservedHeaderNames(): ReadonlySet<string> {
  return reserved;
}

export type CheckedHeaders =
  | { readonly ok: true; readonly headers: Readonly<Record<string, string>> }
  | {
      readonly ok: false;
      readonly issues: readonly { readonly path: readonly string[]; readonly message: string }[];
    };

function fault(name: string, value: string, seen: ReadonlySet<string>): string | undefined {
  const lower = name.toLowerCase();
  if (!TOKEN.test(name)) return 'is no header name: letters, digits and hyphens only';
  if (name.length > MAX_NAME_LENGTH) return `has a name of more than ${MAX_NAME_LENGTH} characters`;
  if (reserved.has(lower)) return 'is set by the delivery itself, and cannot be replaced';
  if (seen.has(lower)) return 'is there twice: header names do not differ by case';
  if (value.length > MAX_VALUE_LENGTH) return `has a value of more than ${MAX_VALUE_LENGTH} characters`;
  if (!PRINTABLE_ASCII.test(value)) return 'has a value with characters outside printable ASCII';
  return undefined;
}

/**
 * Checks the headers that a caller wants on each delivery of a webhook: at most 20, names of at most
 * 100 and values of at most 4096 characters. Blanks around a value, which HTTP drops, are dropped.
 */
export function checkCustomHeaders(headers: Readonly<Record<string, string>>): CheckedHeaders {
  const entries = Object.entries(headers).map(
    ([name, value]) => [name, value.replaceAll(/^[ \t]+|[ \t]+$/g, '')] as const,
  );
  if (entries.length > MAX_HEADERS) {
    return { ok: false, issues: [{ path: [], message: `At most ${MAX_HEADERS} headers can be set.` }] };
  }
  const seen = new Set<string>();
  const issues = entries.flatMap(([name, value]) => {
    const message = fault(name, value, seen);
    seen.add(name.toLowerCase());
    return message === undefined ? [] : [{ path: [name], message }];
  });
  return issues.length > 0 ? { ok: false, issues } : { ok: true, headers: Object.fromEntries(entries) };
}
