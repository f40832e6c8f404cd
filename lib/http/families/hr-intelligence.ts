import type { Family } from '../family';

/** As FastAPI: `detail`; `errors` says where, as its validation does, when fields are wrong. */
export const hrIntelligenceFamily: Family = {
  name: 'HR Intelligence',
  error: ({ message, fields }) => ({
    detail: message,
    ...(fields && {
      errors: Object.entries(fields).flatMap(([path, messages]) =>
        messages.map((msg) => ({ loc: path === '' ? [] : path.split('.'), msg, type: 'value_error' })),
      ),
    }),
  }),
};
