import { expect, it } from 'vitest';
import { reach } from './reach';

it.each([
  [0, {}, 'plain', 'Nobody asked for it'],
  [2, { success: 2 }, 'ok', 'Told to 2 webhooks'],
  [3, { success: 1, retrying: 1, failed: 1 }, 'bad', 'Failed for 1 of 3 webhooks'],
  [2, { success: 1, retrying: 1 }, 'warn', 'Trying again for 1 of 2 webhooks'],
  [1, { pending: 1 }, 'info', 'On its way to 1 webhook'],
  [2, { success: 1, held: 1 }, 'held', 'Held for 1 of 2 webhooks'],
])('%i deliveries, %o: %s', (deliveries, deliveries_by_status, tone, label) => {
  expect(reach({ deliveries, deliveries_by_status })).toEqual({ tone, label });
});
