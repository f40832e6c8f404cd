/** What the numbers of a contract are in words. */
import type { Contract } from '@/lib/contracts/contract';
import { DAY, HOUR, MINUTE, SECOND } from '@/lib/contracts/parts';

const UNITS = [
  [DAY, 'day'],
  [HOUR, 'h'],
  [MINUTE, 'min'],
  [SECOND, 's'],
] as const;

/** `2 h 5 min`. Whole seconds only. */
export function duration(ms: number): string {
  const parts: string[] = [];
  let rest = ms;
  for (const [unit, name] of UNITS) {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    if (count > 0) parts.push(`${count} ${name}${name === 'day' && count > 1 ? 's' : ''}`);
  }
  return parts.join(' ') || '0 s';
}

/** Rows of the table of attempts: number, wait, time since the first. */
export function schedule({ retry }: Contract): string[] {
  const jitter = retry.jitter > 0 ? ` ± ${retry.jitter * 100}%` : '';
  let since = 0;
  const rows = retry.delaysMs.map((wait, index) => {
    since += wait;
    return `| ${index + 2} | ${duration(wait)}${jitter} | ${jitter ? 'about ' : ''}${duration(since)} |`;
  });
  return ['| 1 | at once | 0 s |', ...rows];
}

/** Which failures are tried again, and which end a delivery. */
export function retried({ retry }: Contract): string {
  if (retry.finalStatuses.length === 0)
    return 'Every failure but a 410 is retried: an answer outside 200–299, a redirect, a timeout, a network, DNS or TLS error.';
  const ranges = retry.finalStatuses.map(([from, to]) => `${from}–${to}`).join(', ');
  return `An answer in ${ranges} (a redirect, and 429 too) ends the delivery at once. Answers of 500 and more, timeouts, and network, DNS and TLS errors are retried.`;
}

/** How long an attempt may take. */
export function timeouts({ timeouts: { connectMs, answerMs, totalMs } }: Contract): string {
  return connectMs === totalMs && answerMs === totalMs
    ? `${duration(totalMs)} from the connection to the last byte of your answer`
    : `${duration(connectMs)} to connect, then ${duration(answerMs)} to the last byte of your answer`;
}

/** When a webhook switches itself off. */
export function switchOff({ switchOff: rule }: Contract): string {
  return rule.kind === 'consecutive'
    ? `after ${rule.failedDeliveries} deliveries in a row that ended failed`
    : `after ${duration(rule.withoutSuccessMs)} without a success in which at least ${rule.failedDeliveries} deliveries failed`;
}

/** What a new secret looks like. */
export function secretForm({ secret }: Contract): string {
  const text =
    secret.encoding === 'hex'
      ? `${secret.bytes * 2} hex digits`
      : `${secret.encoding} of ${secret.bytes} bytes`;
  const form = secret.prefix ? `\`${secret.prefix}\` and the ${text}` : text;
  return secret.custom ? `your own (8 to 256 characters), else ${form}` : form;
}

/** What is particular to the body's bytes; empty for compact JSON. */
export function bodyBytes({ json }: Contract): string {
  if (!json.sortKeys) return 'Compact JSON in UTF-8; the order of the keys never changes.';
  const separators = json.itemSeparator === ', ' ? '' : ", separators=(',', ':')";
  return `The bytes are those of Python's \`json.dumps(payload, sort_keys=True${separators})\`: sorted keys, non-ASCII as \`\\uXXXX\`.`;
}
