import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Call, caller, publish, read, signUp } from './client';
import { allPromised } from './contracts';
import type { Promised } from './promised';
import { world } from './world';

const here = world();
const table = allPromised.map((promised) => [promised.contract, promised] as const);
const NOWHERE = 'http://127.0.0.1:9/nobody';
const MALFORMED = 'not-an-id';
const UNKNOWN = '11111111-1111-4111-8111-111111111111';

/** What each call of a family needs of an id, as method, path and body. */
function callsWith({ family }: Promised, id: string): [method: string, path: string, body?: unknown][] {
  const path = family.path(id);
  if (path === family.collection) return [];
  const verb = path.includes('/webhook-endpoints/') || path.includes('/recruiter/') ? 'PATCH' : 'PUT';
  const slash = path.endsWith('/') ? '/' : '';
  const rotate = slash ? 'regenerate_secret' : 'rotate-secret';
  const below = (name: string) => path.replace(/\/?$/, `/${name}${slash}`);
  return [
    ['GET', path],
    [verb, path, { url: NOWHERE }],
    ['POST', below('test')],
    ['POST', below(rotate)],
    ...(slash ? [] : ([['GET', below('deliveries')]] satisfies [string, string][])),
    ['DELETE', path],
  ];
}

async function expectError(promised: Promised, call: Call, status: number, ...request: Parameters<Call>) {
  const answer = await call(...request);
  const said = `${request[0]} ${request[1]}: ${JSON.stringify(answer.body)}`;
  expect(answer.status, said).toBe(status);
  expect(promised.family.error.safeParse(answer.body).success, said).toBe(true);
  return answer;
}

const long = `https://example.com/${'a'.repeat(2048)}`;
const badUrls: readonly unknown[] = [
  '',
  '/relative',
  'example.com/hook',
  'ftp://example.com/hook',
  'javascript:alert(1)',
  'https://user:pass@example.com/hook',
  'http://10.0.0.1/hook',
  'http://169.254.169.254/latest/meta-data',
  'http://[fd00::1]/hook',
  long,
  42,
  null,
];

describe.each(table)('%s refuses, in its own words', (_, promised) => {
  const { family, name } = promised;
  const post = (body: unknown, status = 400) =>
    expectError(promised, here.call, status, 'POST', family.collection, body);
  const good = { url: 'http://127.0.0.1:9/', events: [name] };

  test('bodies that will not do; and nothing is stored', async () => {
    const before = (await here.call('GET', family.collection)).body;
    for (const url of badUrls) await post(family.createBody({ ...good, url }));
    const lists = [[], ['no.such.event'], name, [1], null, Array(300).fill(name)];
    for (const events of lists) await post(family.createBody({ ...good, events }));
    await post('{"url": ');
    await post('null');
    await post('[]');
    await post('"text"');
    await post('');
    await post({});
    await post({ ...family.createBody(good), surprise: true });
    await post(`{"url":"${'x'.repeat(4 * 1024 * 1024)}"}`, 413);
    expect((await here.call('GET', family.collection)).body).toEqual(before);
  });

  test('an unknown event, with the names that would do', async () => {
    const { body } = await post(family.createBody({ ...good, events: ['nope.never'] }));
    const said = JSON.stringify(body);
    expect(said).toContain(promised.name);
    expect(said).toContain(promised.otherName);
  });

  test('ids that are unknown, malformed, somebody else’s, or gone', async () => {
    const stranger = await signUp(here.app, `stranger@${promised.contract}.example`);
    const made = await family.create(stranger.call, good);
    for (const id of [UNKNOWN, MALFORMED, made.id]) {
      for (const request of callsWith(promised, id)) await expectError(promised, here.call, 404, ...request);
    }
    expect(await family.get(stranger.call, made.id)).toMatchObject({ url: good.url, active: true });
    await family.remove(stranger.call, made.id);
    for (const request of callsWith(promised, made.id))
      await expectError(promised, stranger.call, 404, ...request);
  });

  test('a publish-only key, and a viewer of nothing', async () => {
    const shape = z.object({ api_key: z.object({ key: z.string() }) });
    const body = { name: 'publisher', scope: 'publish' };
    const { api_key: made } = read(await here.call('POST', '/api/recruiter/api-keys', body), 201, shape);
    const weak = caller(here.app.url, made.key);
    await expectError(promised, weak, 403, 'GET', family.collection);
    await expectError(promised, weak, 403, 'POST', family.collection, family.createBody(good));
    expect((await publish(weak, { ...promised.event, userId: 'somebody' })).deliveries).toBe(0);
  });

  test('a rotation that would overlap for more than 7 days, or less than none', async () => {
    const user = await signUp(here.app, `rotate@${promised.contract}.example`);
    const { id } = await family.create(user.call, good);
    const paths: Readonly<Record<string, string>> = {
      roleready: '/api/webhooks/regenerate-secret',
      skillora: `${family.path(id)}regenerate_secret/`,
    };
    const path = paths[promised.contract] ?? `${family.path(id)}/rotate-secret`;
    const key = ['bpoc', 'standard', 'roleready'].includes(promised.contract)
      ? 'overlapHours'
      : 'overlap_hours';
    for (const hours of [169, -1, '24', null])
      await expectError(promised, user.call, 400, 'POST', path, { [key]: hours });
    await expectError(promised, user.call, 400, 'POST', path, { overlap: 24 });
    await family.remove(user.call, id);
  });
});

const four = allPromised.filter(({ contract }) => !['bpoc', 'standard'].includes(contract));

test.each(four.map((promised) => [promised.contract, promised] as const))(
  '%s takes exact names only, no wildcards',
  async (_, promised) => {
    for (const wildcard of ['*', 'application.*', 'query.*', 'resume.*', 'job.*']) {
      const body = promised.family.createBody({ url: NOWHERE, events: [wildcard] });
      await expectError(promised, here.call, 400, 'POST', promised.family.collection, body);
    }
  },
);

describe('a webhook of another contract', () => {
  test('is invisible to the four families, and visible to the recruiter', async () => {
    const user = await signUp(here.app, 'everything@example.com');
    const made = new Map<string, string>();
    for (const { contract, family, name } of allPromised)
      made.set(contract, (await family.create(user.call, { url: NOWHERE, events: [name] })).id);
    for (const promised of four) {
      const own = made.get(promised.contract);
      expect((await promised.family.list(user.call)).map(({ id }) => id)).toEqual([own]);
      for (const [contract, id] of made) {
        if (contract === promised.contract) continue;
        for (const request of callsWith(promised, id))
          await expectError(promised, user.call, 404, ...request);
      }
    }
    const shape = z.object({ webhooks: z.array(z.object({ id: z.string(), contract: z.string() })) });
    const seen = read(await user.call('GET', '/api/recruiter/webhooks'), 200, shape).webhooks;
    expect(new Map(seen.map(({ id, contract }) => [contract, id]))).toEqual(made);
  });
});
