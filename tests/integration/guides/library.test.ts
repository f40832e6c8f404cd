/** The samples that use a library, and the delivery that each guide prints. */
import { createHmac } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Webhook as SvixWebhook } from 'svix';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { CONTRACTS } from '@/lib/contracts';
import { CONTRACT_NAMES } from '@/lib/contracts/contract';
import { signedHeaders } from '@/lib/webhooks/sign';
import { blockOf } from './blocks';
import { secretKind } from './generate/samples';
import { specimen, specimenSecret } from './generate/specimen';

const librarySchema = z.object({
  verifyWithLibrary: z.custom<
    (body: Buffer, headers: Record<string, string>, secret: string) => Promise<unknown> | unknown
  >((value) => typeof value === 'function'),
});

/** The sample as a module beside node_modules, so that it finds its library. */
async function loadSample(code: string) {
  const cache = path.resolve('node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(cache, 'guides-'));
  try {
    const file = path.join(folder, 'sample.mjs');
    writeFileSync(file, code);
    return librarySchema.parse(await import(/* @vite-ignore */ file)).verifyWithLibrary;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe.each(CONTRACT_NAMES)('%s', (name) => {
  const contract = CONTRACTS[name];
  const file = `docs/guides/${name}.md`;
  const newest = specimenSecret(contract);
  const older =
    secretKind(contract) === 'either' ? 'Schlüssel von Zoë 🔑' : specimenSecret(contract, 'before');
  const { body } = specimen(contract);
  const sign = (secrets: string[], attemptedAt = new Date()) =>
    signedHeaders(contract, { body, deliveryId: 'delivery-1', attemptedAt, secrets });

  test('the library takes either secret while a rotation overlaps, and nothing forged or stale', async () => {
    const load = await loadSample(blockOf(file, 'js', 'library'));
    const verify = async (bytes: Buffer, headers: Record<string, string>, secret: string) =>
      load(bytes, headers, secret);
    const bytes = Buffer.from(body);
    const both = sign([newest, older]);
    expect(await verify(bytes, both, newest)).toEqual(JSON.parse(body));
    expect(await verify(bytes, both, older)).toEqual(JSON.parse(body));
    await expect(verify(bytes, sign([newest]), older)).rejects.toThrow();
    await expect(verify(Buffer.from(`${body} `), both, newest)).rejects.toThrow();
    await expect(verify(bytes, { ...both, 'webhook-id': 'delivery-2' }, newest)).rejects.toThrow();
    const stale = sign([newest], new Date(Date.now() - 301_000));
    await expect(verify(bytes, stale, newest)).rejects.toThrow();
  });

  test('the library of Svix takes the secret in the same form', () => {
    const raw = secretKind(contract) === 'raw';
    const webhook = raw ? new SvixWebhook(newest, { format: 'raw' }) : new SvixWebhook(newest);
    expect(() => webhook.verify(body, sign([newest, older]))).not.toThrow();
    expect(() => webhook.verify(`${body} `, sign([newest]))).toThrow();
    expect(() => webhook.verify(body, sign([older]))).toThrow();
  });

  test('the delivery that the guide prints is signed with the secret that it prints', () => {
    const [head = '', printed = ''] = blockOf(file, 'http', 'delivery').trimEnd().split('\n\n');
    const headers = new Headers(
      head.split('\n').map((line): [string, string] => {
        const [header = '', ...value] = line.split(': ');
        return [header, value.join(': ')];
      }),
    );
    const secret = specimen(contract).secret;
    const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : secret;
    const content = `${headers.get('webhook-id')}.${headers.get('webhook-timestamp')}.${printed}`;
    const mac = (by: string | Buffer, text: string) => createHmac('sha256', by).update(text);
    expect(headers.get('webhook-signature')).toBe(`v1,${mac(key, content).digest('base64')}`);
    if (contract.signature) {
      const own = headers.get(contract.signature.header);
      expect(own).toBe(contract.signature.prefix + mac(secret, printed).digest('hex'));
    }
  });
});
