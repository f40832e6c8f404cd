import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Database, EmbeddedOptions, Keys } from './types.ts';

const random = (bytes: number) => randomBytes(bytes).toString('base64url');

/** Keys made at random: the app may be reached beyond this machine, so none of them is a constant. */
function generate(): Keys {
  return {
    publishableKey: `sb_publishable_${random(24)}`,
    secretKey: `sb_secret_${random(32)}`,
    jwtSecret: random(48),
    cronSecret: random(32),
    demoPassword: random(12),
    demoApiKey: `hh_live_${random(32)}`,
  };
}

const stored = z.object({
  publishableKey: z.string(),
  secretKey: z.string(),
  jwtSecret: z.string(),
  cronSecret: z.string(),
  demoPassword: z.string(),
  demoApiKey: z.string(),
});

function chosen(keys: Keys, override: EmbeddedOptions['keys']): Keys {
  const set = Object.entries(override ?? {}).filter(([, value]) => value !== undefined);
  return stored.parse({ ...keys, ...Object.fromEntries(set) });
}

/** Writes a file that nobody else may read, whole or not at all. */
export function writePrivately(file: string, content: string): void {
  const part = `${file}.${process.pid}.${random(4)}`;
  fs.writeFileSync(part, content, { mode: 0o600 });
  fs.renameSync(part, file);
}

/**
 * The keys in the folder, made there on the first start (mode 0600).
 * @throws when the file is there but holds something else
 */
export function keysOfFolder(directory: string, override: EmbeddedOptions['keys']): Keys {
  const file = path.join(directory, 'keys.json');
  if (!fs.existsSync(file)) writePrivately(file, `${JSON.stringify(generate(), null, 2)}\n`);
  const parsed = stored.safeParse(JSON.parse(fs.readFileSync(file, 'utf8')));
  if (!parsed.success)
    throw new Error(`${file} does not hold the keys that it should: ${parsed.error.message}`);
  return chosen(parsed.data, override);
}

const SETTING = 'backend_keys';

/** The keys in the database's private table, made there once; every process that shares it gets the same. */
export async function keysOfDatabase(db: Database, override: EmbeddedOptions['keys']): Promise<Keys> {
  await db.exec(`
    create schema if not exists private;
    create table if not exists private.settings (key text primary key, value text not null);
    revoke all on private.settings from public, anon, authenticated;`);
  await db.query('insert into private.settings (key, value) values ($1, $2) on conflict (key) do nothing', [
    SETTING,
    JSON.stringify(generate()),
  ]);
  const [row] = await db.query('select value from private.settings where key = $1', [SETTING]);
  const { value } = z.object({ value: z.string() }).parse(row);
  return chosen(stored.parse(JSON.parse(value)), override);
}
