import type { Family } from '../family';

/** As Django REST framework: each field's messages, or one `detail`. */
export const skilloraFamily: Family = {
  name: 'Skillora',
  error: ({ message, fields }) => {
    if (!fields) return { detail: message };
    const byField: Record<string, string[]> = {};
    for (const [path, messages] of Object.entries(fields)) {
      const field = path.split('.')[0] || 'non_field_errors';
      byField[field] = [...(byField[field] ?? []), ...messages];
    }
    return byField;
  },
};
