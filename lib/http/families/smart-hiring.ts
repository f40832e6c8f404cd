import type { Family } from '../family';

/** A code for programs, a sentence for people; `fields` says more where several are wrong. */
export const smartHiringFamily: Family = {
  name: 'Smart Hiring',
  error: ({ code, message, fields }) => ({ success: false, error: code, message, ...(fields && { fields }) }),
};
