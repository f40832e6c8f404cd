import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findEvent } from '../../../lib/catalogue';
import { parseEventData } from '../../../lib/catalogue/parse';
import { allContracts } from '../../../lib/contracts';
import * as helpers from '../../../lib/webhooks/events';
import { caller } from './client';
import { allPromised } from './contracts';
import { ROUTES } from './routes';
import { world } from './world';

const here = world();
const app = path.resolve(import.meta.dirname, '../../../app');
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const ID = '11111111-1111-4111-8111-111111111111';

/** `/api/v1/webhooks/:id/` → `api/v1/webhooks/[id]/route.ts` */
const fileOf = (route: string) => `${route.replace(/\/$/, '').slice(1).replaceAll(':id', '[id]')}/route.ts`;

const familyOf = (contract: string) => {
  const found = allPromised.find((promised) => promised.contract === contract);
  if (!found) throw new Error(`no family of ${contract}`);
  return found.family;
};

test('every route that a contract promises is a file under app, and every file is promised', () => {
  const promised = ROUTES.map((route) => fileOf(route.path));
  for (const file of promised) expect(fs.existsSync(path.join(app, file)), file).toBe(true);
  const folders = [
    'api/recruiter/webhooks',
    'api/webhooks',
    'api/v1/webhooks',
    'api/v1/webhook-endpoints',
    'api/v1/webhook-events',
    'api/v1/webhook-deliveries',
  ];
  const files = folders.flatMap((folder) =>
    fs
      .readdirSync(path.join(app, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('route.ts'))
      .map((file) => path.posix.join(folder, file)),
  );
  expect(files.toSorted()).toEqual([...new Set(promised)].toSorted());
});

test.each(ROUTES.map((route) => [route.path, route] as const))(
  '%s answers its verbs, and only those',
  async (_, route) => {
    const { error } = familyOf(route.contract);
    const nobody = caller(here.app.url, null);
    const forged = caller(here.app.url, 'hh_live_nobody-has-this-key');
    const ways = new Set([route.path, route.path.replace(/\/$/, '')]);
    for (const way of ways) {
      const at = way.replace(':id', ID);
      for (const method of METHODS) {
        const expected = route.methods.includes(method) ? 401 : 405;
        const answer = await nobody(method, at);
        expect(answer.status, `${method} ${at}`).toBe(expected);
        expect(error.safeParse(answer.body).success, JSON.stringify(answer.body)).toBe(true);
        if (expected === 405) expect(answer.headers.get('allow')).toBe(route.methods.join(', '));
        else expect(answer.headers.get('www-authenticate')).toBe('Bearer');
        if (expected === 401) expect((await forged(method, at)).status).toBe(401);
      }
    }
  },
);

test('every event that a contract offers has a schema, a sample that fits it, and a helper', () => {
  const named: Readonly<Record<string, unknown>> = { ...helpers };
  for (const contract of allContracts) {
    expect(contract.events.length, contract.name).toBeGreaterThan(0);
    for (const { type } of contract.events) {
      const event = findEvent(type);
      expect(event?.description, type).toBeTruthy();
      expect(parseEventData(type, event?.sample), type).toMatchObject({ ok: true });
      const helper = `webhook${type.replaceAll(/(?:^|[._])([a-z])/g, (_, letter: string) => letter.toUpperCase())}`;
      expect(typeof named[helper], helper).toBe('function');
    }
  }
});
