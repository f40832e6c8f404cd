/** What the pages say about the code holds: the helper compiles, variables are told, links lead somewhere. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { CONTRACT_NAMES } from '@/lib/contracts/contract';
import { blockOf } from './blocks';

const root = path.resolve(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** What the compiler says about a route with this text beside a module of offers. */
function complaintsAbout(text: string): string[] {
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root);
  const route = path.join(root, 'app/readme-sample/route.ts');
  const virtual = new Map([
    [route, text],
    [
      path.join(root, 'app/readme-sample/offers.ts'),
      `export async function acceptOffer(_: unknown) {
        return { id: 'o', organizationId: 'g', applicationId: 'a', candidateId: 'c' };
      }`,
    ],
  ]);
  const host = ts.createCompilerHost({ ...options, noEmit: true, incremental: false });
  const { fileExists, readFile } = host;
  host.fileExists = (file) => virtual.has(file) || fileExists(file);
  host.readFile = (file) => virtual.get(file) ?? readFile(file);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (file, target) => {
    const known = virtual.get(file);
    return known === undefined ? getSourceFile(file, target) : ts.createSourceFile(file, known, target);
  };
  host.directoryExists = (folder) => folder.endsWith('readme-sample') || ts.sys.directoryExists(folder);
  const program = ts.createProgram([route], { ...options, noEmit: true, incremental: false }, host);
  return ts
    .getPreEmitDiagnostics(program, program.getSourceFile(route))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

test('the typed helper of the README compiles, and would not with a field misspelt', () => {
  const sample = blockOf('README.md', 'ts', 'helper');
  expect(complaintsAbout(sample)).toEqual([]);
  expect(complaintsAbout(sample.replace('offerId:', 'offerID:')).join()).toContain('offerID');
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
