import { z } from 'zod';

/** Text that a column of PostgreSQL can hold: valid Unicode without U+0000. */
export const storableText = z.string().refine((text) => text.isWellFormed() && !text.includes('\u0000'), {
  error: 'must be valid Unicode without U+0000',
});
