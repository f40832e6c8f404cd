import { z } from 'zod';
import { defineEvent, id, label, number, optional, text } from './event-type';

/** Questions that people ask the HR desk, and what they thought of the answer. */
export const support = {
  'query.created': defineEvent({
    group: 'Support',
    description: 'Somebody asked the HR desk a question.',
    schema: z.strictObject({
      queryId: id(),
      userId: id(),
      category: optional(label()),
      sentiment: optional(label()),
      priority: optional(number()),
      query: text(),
    }),
    sample: {
      queryId: 'conv_5KD02',
      userId: 'usr_20BEN',
      category: 'Payroll',
      sentiment: 'Neutral',
      priority: 4,
      query: 'When does the new salary take effect?',
    },
  }),
  'query.resolved': defineEvent({
    group: 'Support',
    description: 'A question to the HR desk was answered.',
    schema: z.strictObject({
      queryId: id(),
      userId: id(),
      category: optional(label()),
      resolutionTimeSeconds: optional(number()),
      response: text(),
    }),
    sample: {
      queryId: 'conv_5KD02',
      userId: 'usr_20BEN',
      category: 'Payroll',
      resolutionTimeSeconds: 412.5,
      response: 'With the first pay slip after the change was signed.',
    },
  }),
  'query.escalated': defineEvent({
    group: 'Support',
    description: 'A question to the HR desk was handed to a person.',
    schema: z.strictObject({
      queryId: id(),
      userId: id(),
      category: optional(label()),
      sentiment: optional(label()),
      priority: optional(number()),
      escalationReason: text(),
      query: text(),
    }),
    sample: {
      queryId: 'conv_8WM71',
      userId: 'usr_20BEN',
      category: 'Payroll',
      sentiment: 'Angry',
      priority: 9,
      escalationReason: 'Asks for a correction of last month',
      query: 'My overtime of March was never paid',
    },
  }),
  'feedback.received': defineEvent({
    group: 'Support',
    description: 'Somebody rated an answer of the HR desk.',
    schema: z.strictObject({
      queryId: id(),
      userId: id(),
      rating: number(),
      feedbackText: optional(text()),
      category: optional(label()),
    }),
    sample: {
      queryId: 'conv_5KD02',
      userId: 'usr_20BEN',
      rating: 5,
      feedbackText: 'Quick and clear',
      category: 'Payroll',
    },
  }),
};
