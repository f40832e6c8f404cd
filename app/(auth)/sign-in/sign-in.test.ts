import { describe, expect, it } from 'vitest';
import { authMessage } from './messages';
import { nextPath } from './next-path';

describe('nextPath', () => {
  it('keeps paths of the dashboard, with their query', () => {
    expect(nextPath('/recruiter/api/webhooks/1?delivery=2')).toBe('/recruiter/api/webhooks/1?delivery=2');
  });

  it.each([
    undefined,
    null,
    '',
    'https://evil.example/recruiter/api',
    '//evil.example/recruiter/api',
    '/\\evil.example/recruiter/api',
    '/recruiter/apis',
    '/recruiter/api/../../sign-in',
    '/auth/v1/logout',
    'javascript:alert(1)',
  ])('never leads elsewhere: %s', (wanted) => {
    expect(nextPath(wanted)).toBe('/recruiter/api');
  });
});

describe('authMessage', () => {
  it('knows the usual errors, hides the server’s own, and passes on the rest', () => {
    expect(authMessage({ code: 'invalid_credentials', message: 'x', status: 400 })).toContain(
      'password is wrong',
    );
    expect(authMessage({ message: 'connect ECONNREFUSED', status: undefined })).toContain(
      'does not work at the moment',
    );
    expect(authMessage({ message: 'db gone', status: 500 })).toContain('does not work at the moment');
    expect(authMessage({ code: 'new', message: 'Ask the office.', status: 422 })).toBe('Ask the office.');
  });
});
