/** Words that keep their capitals. */
const spelled: Readonly<Record<string, string>> = { ats: 'ATS' };

function words(text: string): string {
  return text
    .split(/[._]/)
    .filter(Boolean)
    .map((word) => spelled[word] ?? word)
    .join(' ');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** An event's name for people: `application.status_changed` → "Application status changed", `offer.*` → "All offer events". */
export function eventInWords(name: string): string {
  if (name === '*') return 'All events';
  if (name.endsWith('.*')) return `All ${words(name.slice(0, -2))} events`;
  return capital(words(name));
}

/** What a webhook subscribes to, in a line: the first `shown` names, and how many more. */
export function subscriptionSummary(events: readonly string[], shown = 3): { names: string[]; more: number } {
  if (events.includes('*')) return { names: [eventInWords('*')], more: 0 };
  const sorted = [...events].sort((a, b) => Number(b.endsWith('.*')) - Number(a.endsWith('.*')));
  return { names: sorted.slice(0, shown).map(eventInWords), more: Math.max(0, sorted.length - shown) };
}
