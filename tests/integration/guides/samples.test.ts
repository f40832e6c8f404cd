/**
 * Every verifying sample of every guide takes what is genuine and refuses what is not. Node's always run; another
 * language's run where it is on the machine. Where it is not, its samples must be, byte for byte, those that ran
 * before and are recorded in ran.json (written with UPDATE_SAMPLES=1 where all the languages are).
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { CONTRACT_NAMES } from '@/lib/contracts/contract';
import { blockOf } from './blocks';
import { casesOf } from './cases';
import { type Language, runSample, versionOf } from './runners';

const LANGUAGES = ['js', 'python', 'go', 'php', 'ruby'] as const satisfies Language[];
const RECORD = path.join(import.meta.dirname, 'ran.json');

const sampleOf = (contract: string, language: Language) =>
  blockOf(`docs/guides/${contract}.md`, language, 'verify');

const hashOf = (language: Language) =>
  createHash('sha256')
    .update(CONTRACT_NAMES.map((contract) => sampleOf(contract, language)).join('\0'))
    .digest('hex');

const versions = new Map(LANGUAGES.map((language) => [language, versionOf(language)]));
/** Compiling Go's library for the first time takes most of it. */
const RUN_MS = 300_000;
const passed = new Set<string>();
const here = LANGUAGES.filter((language) => versions.get(language) !== null);

test('the languages that run here', () => {
  console.info(`Samples run in ${here.map((language) => versions.get(language)).join(' · ')}`);
  expect(here).toContain('js');
});

describe.each(CONTRACT_NAMES)('%s', (contract) => {
  const cases = casesOf(contract);

  test('there are genuine deliveries and forged ones', () => {
    expect(cases.filter(({ genuine }) => genuine).length).toBeGreaterThan(10);
    expect(cases.filter(({ genuine }) => !genuine).length).toBeGreaterThan(50);
  });

  test.each(here)('%s', { timeout: RUN_MS }, (language) => {
    const answers = runSample(language, sampleOf(contract, language), cases);
    const wrong = cases.filter(({ genuine }, index) => answers[index] !== genuine);
    expect(wrong.map(({ label, check, genuine }) => `${check}, ${label}: genuine is ${genuine}`)).toEqual([]);
    passed.add(`${contract} ${language}`);
  });
});

test('the samples are those that ran in every language', () => {
  const hashes = Object.fromEntries(LANGUAGES.map((language) => [language, hashOf(language)]));
  if (process.env.UPDATE_SAMPLES === '1' && passed.size === CONTRACT_NAMES.length * LANGUAGES.length)
    writeFileSync(RECORD, `${JSON.stringify(hashes, null, 2)}\n`);
  const recorded = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(RECORD, 'utf8')));
  expect(recorded).toEqual(hashes);
});
