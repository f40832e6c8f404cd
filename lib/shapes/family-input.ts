/** Pieces of what the contracts' families take. Pure. */
import { z } from 'zod';

/** Fields of a webhook, as `lib/manage/check-webhook` looks into them further. */
export const url = z.string();
export const events = z.array(z.string().max(200)).max(200);
export const description = z.string().trim().max(500).nullable();

/** How many rows a page holds, 1 to `most`. */
export function limit(usual: number, most = 100) {
  const error = `must be a whole number, 1 to ${most}`;
  return z.coerce.number({ error }).int({ error }).min(1, { error }).max(most, { error }).default(usual);
}

const LARGEST_OFFSET = 1_000_000_000;
const notAnOffset = { error: 'must be a whole number, 0 or more' };
/** How many rows come before a page. */
export const offset = z.coerce
  .number(notAnOffset)
  .int(notAnOffset)
  .min(0, notAnOffset)
  .max(LARGEST_OFFSET, notAnOffset)
  .default(0);

/** A yes or no in a query, as programs of several languages print it (`true`, `True`, `1`). */
export const flag = z
  .string()
  .toLowerCase()
  .pipe(z.enum(['true', '1', 'false', '0'], { error: 'must be true or false' }))
  .transform((word) => word === 'true' || word === '1');

/** How long the old secret stays valid after a rotation, in hours, 0 to 7 days; 24 when left out. */
export const overlapHours = z
  .number()
  .min(0, { error: 'must be 0 to 168 hours' })
  .max(168, { error: 'must be 0 to 168 hours' })
  .optional();

/**
 * A body of these fields and no others. What the family itself answers may be sent back with them, as programs do that
 * read, change and write: it is ignored.
 */
export function body<S extends z.core.$ZodShape>(fields: S, answered: readonly string[]) {
  return z.preprocess((value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).filter(([name]) => !answered.includes(name)));
  }, z.strictObject(fields));
}
