import { type Fields, sentenceOf } from '@/lib/webhooks/errors';
import type { Family } from '../family';

/** The verbs' names of fields that this family calls otherwise. */
const NAMES: Readonly<Record<string, string>> = { events: 'enabledEvents', isActive: 'enabled' };

function inOurNames(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([path, messages]) => {
      const [field = '', ...rest] = path.split('.');
      return [[NAMES[field] ?? field, ...rest].join('.'), messages];
    }),
  );
}

/** As the guide's failed test: what went wrong in `error`, and in `details` all of it where there is more. */
export const rolereadyFamily: Family = {
  name: 'RoleReady',
  error: ({ message, fields }) => {
    if (!fields) return { success: false, error: message };
    const named = inOurNames(fields);
    const sentences = Object.entries(named).map(([field, messages]) => sentenceOf({ [field]: messages }));
    return {
      success: false,
      error: sentenceOf(named),
      ...(sentences.length > 1 && { details: sentences.join(' ') }),
    };
  },
};
