import type { CatalogueEvent } from '@/lib/shapes/recruiter';

/** Text within single quotes of a POSIX shell. */
function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A curl command, ready to paste, that publishes an event's sample to the Hirehook at `origin`. */
export function publishSnippet(
  origin: string,
  key: string,
  event: Pick<CatalogueEvent, 'type' | 'sample'>,
): string {
  const body = JSON.stringify({ type: event.type, data: event.sample }, null, 2);
  return [
    `curl -X POST ${shellQuoted(`${origin}/api/v1/events`)} \\`,
    `  -H ${shellQuoted(`Authorization: Bearer ${key}`)} \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d ${shellQuoted(body)}`,
  ].join('\n');
}
