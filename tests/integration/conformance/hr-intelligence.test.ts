import { expect, test } from 'vitest';
import { z } from 'zod';
import { publish, read, signUp } from './client';
import { promised } from './contracts';
import { delivery, hrIntelligence } from './families/hr-intelligence';
import { world } from './world';

const here = world();
const WEBHOOKS = '/api/v1/webhooks';
const ids = z.array(z.object({ id: z.string() }));
const { event, name } = promised.hr;

test('webhooks are paged, newest first, and filtered by whether they are on', async () => {
  const { call } = await signUp(here.app, 'pages@example.com');
  const made: string[] = [];
  for (let n = 0; n < 5; n += 1)
    made.unshift((await hrIntelligence.create(call, { url: `http://127.0.0.1:9/${n}`, events: [name] })).id);
  await hrIntelligence.update(call, made[1] ?? '', { active: false });
  const list = async (query: string) =>
    read(await call('GET', WEBHOOKS + query), 200, ids).map(({ id }) => id);
  expect(await list('')).toEqual(made);
  expect(await list('?skip=1&limit=2')).toEqual(made.slice(1, 3));
  expect(await list('?skip=5')).toEqual([]);
  expect(await list('?is_active=false')).toEqual([made[1]]);
  expect(await list('?is_active=True&limit=100')).toEqual(made.filter((id) => id !== made[1]));
  for (const query of ['?skip=-1', '?limit=0', '?limit=101', '?limit=all', '?is_active=perhaps'])
    read(await call('GET', WEBHOOKS + query), 400, hrIntelligence.error);
});

test('deliveries are paged; times are numbers of milliseconds', async () => {
  const { call } = await signUp(here.app, 'hr-deliveries@example.com');
  const receiver = await here.receiver();
  const { id } = await hrIntelligence.create(call, { url: receiver.url, events: [name] });
  for (let n = 1; n <= 3; n += 1) {
    await publish(call, event);
    await receiver.waitFor(n);
  }
  await expect.poll(() => hrIntelligence.figures(call, id)).toMatchObject({ total: 3, failed: 0 });
  const path = `${WEBHOOKS}/${id}/deliveries`;
  const all = read(await call('GET', path), 200, z.array(delivery));
  expect(all).toHaveLength(3);
  for (const row of all) {
    expect(row).toMatchObject({
      webhook_id: id,
      event: name,
      status: 'success',
      status_code: 200,
      error: null,
    });
    expect(row.response_time_ms).toBeGreaterThanOrEqual(0);
    expect(row.delivered_at).not.toBeNull();
  }
  expect((await call('GET', `${path}?skip=1&limit=1`)).body).toEqual([all[1]]);
  for (const query of ['?skip=-1', '?limit=0', '?limit=101'])
    read(await call('GET', path + query), 400, hrIntelligence.error);
  const tested = z.object({ success: z.literal(true), response_time_ms: z.number(), error: z.null() });
  read(await call('POST', `${WEBHOOKS}/${id}/test`), 200, tested);
});
