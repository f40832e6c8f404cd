/** The shell calls of each guide, run as they stand and in order against the app. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { CONTRACTS } from '@/lib/contracts';
import { CONTRACT_NAMES, type ContractName } from '@/lib/contracts/contract';
import { type RunningApp, startApp } from '../../support/app';
import { blocksOf } from './blocks';
import { FAMILIES, RECEIVER } from './generate/families';
import { isSignedWith, openReceiver } from './receiver';
import { openShell } from './shell';

/** Contracts whose own routes are still to come. */
const AWAITED: readonly ContractName[] = ['smart-hiring', 'roleready', 'skillora', 'hr-intelligence'];

const hasRoutes = (name: ContractName) =>
  existsSync(path.resolve(import.meta.dirname, '../../../app', FAMILIES[name].routeFile));

let app: RunningApp;
let receiver: Awaited<ReturnType<typeof openReceiver>>;
const shell = openShell();

beforeAll(async () => {
  [app, receiver] = await Promise.all([startApp(), openReceiver()]);
}, 240_000);
afterAll(async () => {
  receiver?.close();
  await app?.stop();
});

/** What stands at a path like `data.secret`. */
function textAt(value: unknown, at: string): string {
  const found = at
    .split('.')
    .reduce((inner, name) => z.record(z.string(), z.unknown()).parse(inner)[name], value);
  return z.string().parse(found);
}

test('every contract whose routes are there is called', () => {
  expect(CONTRACT_NAMES.filter((name) => !hasRoutes(name))).toEqual(AWAITED);
});

describe.each(CONTRACT_NAMES.filter(hasRoutes))('%s', (name) => {
  const { id, secret } = FAMILIES[name];
  const contract = CONTRACTS[name];

  test('each call does what the guide says', async () => {
    const env: Record<string, string> = { HIREHOOK_URL: app.url, HIREHOOK_API_KEY: app.demo.apiKey };
    const blocks = blocksOf(`docs/guides/${name}.md`).filter(({ language }) => language === 'sh');
    const call = (code: string) => shell.run(code.replaceAll(RECEIVER, receiver.url), env);
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
    const delivery = await receiver.next();
    const newest = textAt(rotated, 'secret');
    expect(isSignedWith(newest, delivery)).toBe(true);
    expect(isSignedWith(textAt(subscribed, secret), delivery)).toBe(true);
    expect(isSignedWith('whsec_c29tZWJvZHkgZWxzZQ==', delivery)).toBe(false);
    const [field = ''] = contract.envelope.filter(({ source }) => source === 'event').map((one) => one.field);
    expect(textAt(JSON.parse(delivery.body.toString()), field)).toBe(contract.test.event);
  });
});
