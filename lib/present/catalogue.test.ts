import { describe, expect, it } from 'vitest';
import { catalogueAnswer } from '@/lib/shapes/recruiter';
import { catalogue } from './catalogue';

describe('the catalogue as people see it', () => {
  it('is what its read model says', () => {
    expect(catalogueAnswer.parse(catalogue)).toEqual(catalogue);
  });

  it('tells the type of every field in a word', () => {
    const words = new Set(catalogue.events.flatMap(({ fields }) => fields.map(({ type }) => type)));
    expect([...words].sort()).toEqual(['array', 'boolean', 'number', 'object', 'string', 'time']);
  });

  it('names the fields that an event must have', () => {
    const created = catalogue.events.find(({ type }) => type === 'application.created');
    expect(created?.fields.filter(({ required }) => required).map(({ name }) => name)).toEqual([
      'applicationId',
      'jobId',
      'candidateId',
      'candidateName',
      'candidateEmail',
      'jobTitle',
    ]);
  });
});
