/** A body as it is stored: whole, or as what stands around its event's data, which is stored already. Pure. */
import type { BodyParts } from './render';

/** What was sent: the text, or what stood before and after the event's data. */
export type SentBody = string | { readonly head: string; readonly tail: string };

/** A rendered body as it is stored; `stored` is its event's data. */
export function sentBody({ head, data, tail }: BodyParts, stored: string | null): SentBody {
  return data === stored ? { head, tail } : head + data + tail;
}

/** The body of a stored delivery; null where none was sent yet. `data` is its event's. */
export function storedBody(
  { body, body_head, body_tail }: { body: string | null; body_head: string | null; body_tail: string | null },
  data: string | null,
): string | null {
  if (body !== null || body_head === null || data === null) return body;
  return body_head + data + (body_tail ?? '');
}
