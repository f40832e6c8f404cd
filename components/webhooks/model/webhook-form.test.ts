import { describe, expect, it } from 'vitest';
import { headerProblems, headersOf } from './header-rows';
import { urlParts, urlProblem } from './url';
import { createBody, emptyForm, formOf, formProblems, problemsFromApi, updateBody } from './webhook-form';

const filled = { ...emptyForm, url: ' https://a.example/x ', events: ['*'] };
const webhook = {
  url: 'https://a.example/x',
  description: null,
  contract: 'bpoc' as const,
  events: ['a', 'b'],
};

describe('urlProblem', () => {
  it.each(['https://a.example', 'https://a.example:8443/x?y=1', ' https://a.example/ '])(
    'takes %s',
    (url) => {
      expect(urlProblem(url, false)).toBeNull();
    },
  );

  it.each([
    ['', 'Enter the address'],
    ['a.example/hooks', 'not a full address'],
    ['ftp://a.example', 'must begin with https://'],
    ['http://a.example', 'must begin with https://'],
    ['https://me:secret@a.example', 'custom header'],
    [`https://a.example/${'x'.repeat(2048)}`, 'longer than 2048'],
  ])('refuses %s', (url, words) => {
    expect(urlProblem(url, false)).toContain(words);
  });

  it('takes http where it is allowed', () => {
    expect(urlProblem('http://127.0.0.1:4000/x', true)).toBeNull();
  });
});

it('splits a URL for display', () => {
  expect(urlParts('https://a.example:8443/x?y=1')).toEqual({ host: 'a.example:8443', rest: '/x?y=1' });
  expect(urlParts('https://a.example/')).toEqual({ host: 'a.example', rest: '' });
  expect(urlParts('nonsense')).toEqual({ host: 'nonsense', rest: '' });
});

describe('headers', () => {
  const rows = [
    { id: 1, name: 'X-Team', value: 'emea' },
    { id: 2, name: '', value: '' },
    { id: 3, name: 'x-team', value: 'apac' },
    { id: 4, name: 'X Team', value: 'y' },
    { id: 5, name: 'X-Empty', value: ' ' },
  ];

  it('names what is wrong with each row, and lets empty ones be', () => {
    expect(Object.keys(headerProblems(rows))).toEqual(['3', '4', '5']);
  });

  it('leaves the empty ones out', () => {
    expect(headersOf(rows.slice(0, 2))).toEqual({ 'X-Team': 'emea' });
  });
});

describe('the form', () => {
  it('asks for an address and an event', () => {
    expect(Object.keys(formProblems(emptyForm, true))).toEqual(['url', 'events']);
    expect(formProblems(filled, false)).toEqual({});
  });

  it('creates with what was filled in only', () => {
    expect(createBody(filled)).toEqual({ url: 'https://a.example/x', events: ['*'], contract: 'bpoc' });
    expect(
      createBody({ ...filled, description: ' d ', headers: [{ id: 1, name: 'A', value: 'b' }] }),
    ).toMatchObject({
      description: 'd',
      headers: { A: 'b' },
    });
  });

  it('updates what changed only', () => {
    const form = formOf(webhook);
    expect(updateBody(form, webhook)).toEqual({});
    expect(updateBody({ ...form, events: ['b', 'a'] }, webhook)).toEqual({});
    expect(updateBody({ ...form, description: 'new', headers: [] }, webhook)).toEqual({
      description: 'new',
      headers: {},
    });
    expect(
      updateBody(
        { ...formOf({ ...webhook, description: 'old' }), description: ' ' },
        { ...webhook, description: 'old' },
      ),
    ).toEqual({
      description: null,
    });
  });

  it('makes a sentence of a message without a subject', () => {
    expect(problemsFromApi({ 'headers.host': ['is set by us'], url: ['is required'] }).problems).toEqual({
      headers: 'The header host is set by us.',
      url: 'The URL is required.',
    });
  });

  it('puts each message of the API at its field', () => {
    expect(
      problemsFromApi({ url: ['Private.'], 'events.0': ['Unknown.'], 'events.1': ['Too.'], secret: ['No.'] }),
    ).toEqual({ problems: { url: 'Private.', events: 'Unknown. Too.' }, rest: ['No.'] });
  });
});
