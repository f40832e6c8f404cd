/** The shell calls of each guide, run as they stand and in order against the app. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { CONTRACTS } from '@/lib/contracts';
import { CONTRACT_NAMES } from '@/lib/contracts/contract';
import { type Receiver, startReceiver, verify } from '../../receiver';
import { type RunningApp, startApp } from '../../support/app';
import { blocksOf } from './blocks';
import { FAMILIES, RECEIVER } from './generate/families';
import { openShell } from './shell';

let app: RunningApp;
let receiver: Receiver;
const shell = openShell();

beforeAll(async () => {
  [app, receiver] = await Promise.all([startApp(), startReceiver()]);
}, 240_000);
afterAll(async () => {
  await receiver?.close();
  await app?.stop();
});

/** What stands at a path like `data.secret`. */
function textAt(value: unknown, at: string): string {
  const found = at
    .split('.')
    .reduce((inner, name) => z.record(z.string(), z.unknown()).parse(inner)[name], value);
  return z.string().parse(found);
}

describe.each(CONTRACT_NAMES)('%s', (name) => {
  const { id, secret, rotate } = FAMILIES[name];
  const contract = CONTRACTS[name];

  test('each call does what the guide says', async () => {
    const env: Record<string, string> = { HIREHOOK_URL: app.url, HIREHOOK_API_KEY: app.demo.apiKey };
    const blocks = blocksOf(`docs/guides/${name}.md`).filter(({ language }) => language === 'sh');
    const call = (code: string) => shell.run(code.replaceAll(RECEIVER, receiver.url), env);
    receiver.clear();
    const [subscribe, ...others] = blocks;
    expect(subscribe?.info).toBe('subscribe');
    expect(others.length).toBe(6);

    const subscribed: unknown = JSON.parse(await call(subscribe?.code ?? ''));
    env.WEBHOOK_ID = textAt(subscribed, id);
    const answers: unknown[] = [];
    for (const { code } of others) answers.push(JSON.parse(await call(code)));

    const [, , dryRun, recovered, rotated] = answers;
    expect(dryRun).toMatchObject({ success: true, count: 0 });
    expect(recovered).toMatchObject({ success: true, count: 0 });
    const [delivery, ...more] = await receiver.waitFor(1);
    if (!delivery) throw new Error('The test did not arrive.');
    expect(more).toEqual([]);
    const isSignedWith = (key: string) => verify.verifyStandard(delivery.headers, delivery.rawBody, key);
    const newest = textAt(rotated, rotate.secret);
    expect(isSignedWith(newest)).toBe(true);
    expect(isSignedWith(textAt(subscribed, secret))).toBe(true);
    expect(isSignedWith('whsec_c29tZWJvZHkgZWxzZQ==')).toBe(false);
    const [field = ''] = contract.envelope.filter(({ source }) => source === 'event').map((one) => one.field);
    expect(textAt(JSON.parse(delivery.rawBody.toString()), field)).toBe(contract.test.event);
  });
});
