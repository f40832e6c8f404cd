/** What the pages say about the code holds: the helper is checked, variables are told, links lead somewhere. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, expectTypeOf, test } from 'vitest';
import { CONTRACT_NAMES } from '@/lib/contracts/contract';
import { blockOf } from './blocks';
import type { POST } from './helper/route';

const root = path.resolve(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

test('the typed helper of the README is the file that the type check reads', () => {
  const file = 'tests/integration/guides/helper/route.ts';
  expect(blockOf('README.md', 'ts', 'helper')).toBe(read(file));
  expectTypeOf<typeof POST>().returns.resolves.toEqualTypeOf<Response>();
});

test('every variable of the environment is told in docs/deploy.md', () => {
  const code = read('lib/env.ts');
  const names = code.match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b|\b(?:PORT|HOST|VERCEL)\b/g) ?? [];
  const constants = new Set(['NODE_ENV', ...names]);
  for (const inner of ['ALIASES', 'NAMES']) constants.delete(inner);
  expect(constants.size).toBeGreaterThan(15);
  const told = read('docs/deploy.md');
  expect([...constants].filter((name) => !told.includes(`\`${name}\``))).toEqual([]);
});

test('the README and the index name every guide', () => {
  for (const name of CONTRACT_NAMES) {
    expect(read('README.md')).toContain(`docs/guides/${name}.md`);
    expect(read('docs/README.md')).toContain(`guides/${name}.md`);
  }
});

test('links between the pages lead to files', () => {
  const pages = ['README.md', ...globSync('docs/**/*.md', { cwd: root })];
  const broken = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !existsSync(path.resolve(root, path.dirname(page), target)))
      .map((target) => `${page}: ${target}`),
  );
  expect(pages.length).toBeGreaterThan(8);
  expect(broken).toEqual([]);
});
