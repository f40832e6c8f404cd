import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { afterAll } from 'vitest';
import type { Embedded, EmbeddedOptions } from '../../../lib/supabase/embedded/types';

export const migrations = path.join(import.meta.dirname, 'migrations');

const made: string[] = [];
afterAll(() => {
  for (const directory of made.splice(0)) fs.rmSync(directory, { recursive: true, force: true });
});

/** A folder that is removed when the file's tests are over. */
export function temporaryFolder(): string {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'hirehook-test-'));
  made.push(directory);
  return directory;
}

export function optionsFor(directory: string, more: Partial<EmbeddedOptions> = {}): EmbeddedOptions {
  return { directory, migrations, ...more };
}

/** supabase-js on a backend in this process. */
export function clientOf(backend: Pick<Embedded, 'handle'>, key: string, token?: string): SupabaseClient {
  return createClient('http://localhost', key, {
    auth: { persistSession: false, autoRefreshToken: false },
    global: {
      fetch: (input, init) => backend.handle(new Request(input, init)),
      ...(token ? { headers: { Authorization: `Bearer ${token}` } } : {}),
    },
  });
}

export type Child = {
  process: ChildProcess;
  /** The lines that it printed so far. */
  lines: string[];
  errors(): string;
  /** Resolves when a line begins so, with that line; rejects when the child ends before. */
  says(beginning: string): Promise<string>;
  ended: Promise<number | null>;
};

/** Runs a program of `children/` under this Node. */
export function run(program: string, options: unknown): Child {
  const file = path.join(import.meta.dirname, 'children', program);
  const child = spawn(process.execPath, [file, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const listeners = new Set<() => void>();
  let errors = '';
  let rest = '';
  child.stdout.on('data', (data) => {
    const parts = (rest + String(data)).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    for (const listener of listeners) listener();
  });
  child.stderr.on('data', (data) => {
    errors += String(data);
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return {
    process: child,
    lines,
    errors: () => errors,
    ended,
    says: (beginning) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const line = lines.find((candidate) => candidate.startsWith(beginning));
          if (line === undefined) return;
          listeners.delete(look);
          resolve(line);
        };
        listeners.add(look);
        look();
        void ended.then((code) =>
          reject(new Error(`ended (${code}) before "${beginning}": ${lines.join('|')} ${errors}`)),
        );
      }),
  };
}
