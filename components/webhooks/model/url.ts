const maxLength = 2048;

/**
 * What is wrong with a webhook's address, in one sentence, or null. The server decides (it also knows
 * which addresses are private); this only spares a round trip.
 */
export function urlProblem(text: string, allowHttp: boolean): string | null {
  const value = text.trim();
  if (value === '') return 'Enter the address that should receive the events.';
  if (value.length > maxLength) return `The address is longer than ${maxLength} characters.`;
  if (!URL.canParse(value))
    return 'This is not a full address. It should look like https://example.com/webhooks.';
  const url = new URL(value);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'The address must begin with https://.';
  if (url.protocol === 'http:' && !allowHttp)
    return 'The address must begin with https://, so that nobody on the way can read it.';
  if (url.username || url.password)
    return 'Leave the user name and password out of the address; use a custom header.';
  return null;
}

/** An address as people tell it from others: without the scheme. */
export function urlInWords(text: string): string {
  const { host, rest } = urlParts(text);
  return host + rest;
}

/** An address split for display: the host is what people recognise. */
export function urlParts(text: string): { host: string; rest: string } {
  if (!URL.canParse(text)) return { host: text, rest: '' };
  const url = new URL(text);
  const path = `${url.pathname}${url.search}`;
  return { host: url.host, rest: path === '/' ? '' : path };
}
