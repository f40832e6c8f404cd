import type { PostgrestError } from '@supabase/supabase-js';
import type { z } from 'zod';
import { DatabaseError } from '@/lib/webhooks/database';
import { Problem } from '@/lib/webhooks/errors';

type Answer = { data: unknown; error: PostgrestError | null };

function problemOf(error: PostgrestError): Error {
  if (error.code === 'PT404' || error.code === '22P02') return new Problem('not_found', error.message);
  if (error.code === 'PT409') return new Problem('conflict', error.message);
  if (error.code === '23505') return new Problem('conflict', 'There is one already.');
  if (error.code === '22P05' || error.code === '22021')
    return new Problem('validation_failed', 'Text must be valid Unicode without U+0000.');
  // A trigger's own words are sentences; a constraint's name the table.
  if (error.code === '23514')
    return new Problem(
      'validation_failed',
      /^new row for relation/.test(error.message) ? 'One of the values is not allowed.' : error.message,
    );
  if (error.code === '42501') return new Problem('forbidden', 'You may not change this.');
  return new DatabaseError('query', error);
}

/** The checked rows of a query. Throws a Problem where the database said why not, else a DatabaseError. */
export function rowsOf<S extends z.ZodType>(schema: S, { data, error }: Answer): z.output<S>[] {
  if (error) throw problemOf(error);
  return schema.array().parse(data);
}

/** The checked answer of a query for one thing, null where there is none. Throws as `rowsOf`. */
export function oneOf<S extends z.ZodType>(schema: S, { data, error }: Answer): z.output<S> | null {
  if (error) throw problemOf(error);
  return data === null ? null : schema.parse(data);
}
