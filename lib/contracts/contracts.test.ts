import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { EVENT_TYPES, findEvent } from '@/lib/catalogue';
import { CONTRACT_NAMES } from './contract';
import { allContracts, CONTRACTS, contractNameSchema, contractsOffering, findOffer } from './index';

test('every name has its contract', () => {
  expect(allContracts.map(({ name }) => name)).toEqual([...CONTRACT_NAMES]);
  for (const name of CONTRACT_NAMES) expect(CONTRACTS[name].name).toBe(name);
  expect(contractNameSchema.safeParse('toString').success).toBe(false);
});

describe.each(allContracts)('$name', (contract) => {
  test('offers events that the catalogue has, each once', () => {
    for (const { type } of contract.events) expect(findEvent(type), type).toBeDefined();
    const names = contract.events.map(({ subscription }) => subscription);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(contract.events.map(({ type }) => type)).size).toBe(names.length);
  });

  test('leaves out and makes conditional only optional fields of the event', () => {
    for (const { type, omit = [], whenGiven = [] } of contract.events) {
      const shape = findEvent(type)?.schema.shape ?? {};
      for (const field of [...omit, ...whenGiven]) {
        expect(shape[field]?.safeParse(undefined).success, `${type} ${field}`).toBe(true);
      }
    }
  });

  test('its envelope ends in data, and needs nothing that a retry would change', () => {
    const sources = contract.envelope.map(({ source }) => source);
    expect(sources.at(-1)).toBe('data');
    expect(sources).not.toContain('attemptedAt');
    expect(contract.headers.map(({ source }) => source)).not.toContain('data');
  });

  test('its headers can be sent', () => {
    const own = contract.signature ? [contract.signature.header] : [];
    for (const name of [...own, ...contract.headers.map((header) => header.name)]) {
      expect(name).toMatch(/^X-Webhook-[A-Za-z0-9-]+$/);
    }
  });
});

/** What each guide lists, written down apart from the contracts. */
const OFFERED: Record<string, string> = {
  bpoc: `application.created application.status_changed interview.scheduled interview.completed offer.sent
    offer.accepted offer.rejected video.recording.ready video.transcript.completed placement.created`,
  'smart-hiring': `application.created application.status_changed quiz.started quiz.completed job.created
    job.updated job.closed candidate.registered`,
  roleready: `resume.parsed resume.parse_failed ats.check_completed ats.check_failed tailoring.completed
    tailoring.failed operation.cancelled`,
  skillora: 'interview_completed mock_interview_completed',
  'hr-intelligence': 'query.created query.resolved query.escalated feedback.received',
};

test.each(Object.entries(OFFERED))('%s offers the events of its guide', (name, listed) => {
  const contract = CONTRACTS[contractNameSchema.parse(name)];
  expect(contract.events.map(({ subscription }) => subscription)).toEqual(listed.trim().split(/\s+/));
});

test('standard offers the whole catalogue, so that each event is offered', () => {
  expect(CONTRACTS.standard.events.map(({ type }) => type)).toEqual([...EVENT_TYPES]);
  expect(contractsOffering('interview.completed').map(({ name }) => name)).toEqual([
    'bpoc',
    'skillora',
    'standard',
  ]);
  expect(contractsOffering('no.such.type')).toEqual([]);
  expect(findOffer(CONTRACTS.bpoc, 'quiz.started')).toBeUndefined();
});

test('nothing but the data of the contracts knows one of them by its name', () => {
  const root = path.join(import.meta.dirname, '..');
  const named = new RegExp(`['"\`](${CONTRACT_NAMES.filter((name) => name !== 'standard').join('|')})['"\`]`);
  const engine = ['webhooks', 'catalogue', 'contracts'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => path.join(folder, file)),
  );
  const data = [...CONTRACT_NAMES, 'contract', 'index'].map((name) => path.join('contracts', `${name}.ts`));
  expect(engine.length).toBeGreaterThan(20);
  const knowing = engine.filter((file) => named.test(readFileSync(path.join(root, file), 'utf8')));
  expect(knowing.filter((file) => !data.includes(file))).toEqual([]);
  expect(knowing).toContain(path.join('contracts', 'bpoc.ts'));
});
