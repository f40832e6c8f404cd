import { describe, expect, it } from 'vitest';
import { dialError, dnsError, exchangeError, seconds, tlsError } from './errors';

const failure = (code: string, message = code) => Object.assign(new Error(message), { code });

describe('what a recruiter reads', () => {
  it.each([
    [
      dnsError('a.test', failure('ENOTFOUND')),
      'dns',
      'The name a.test does not exist: check the URL for a typing mistake.',
    ],
    [
      dnsError('a.test', failure('ENODATA')),
      'dns',
      'The name a.test does not exist: check the URL for a typing mistake.',
    ],
    [
      dnsError('a.test', failure('ETIMEOUT')),
      'dns',
      'The name a.test could not be looked up (ETIMEOUT): its name servers do not answer as they should.',
    ],
    [
      dialError('a.test', failure('ECONNREFUSED')),
      'refused',
      'a.test refused the connection: nothing is listening there.',
    ],
    [
      dialError('a.test', failure('ETIMEDOUT')),
      'timeout_connect',
      'a.test did not accept a connection in time.',
    ],
    [
      dialError('a.test', failure('EHOSTUNREACH')),
      'connect',
      'No connection to a.test could be made (EHOSTUNREACH).',
    ],
    [
      dialError('a.test', failure('ENETUNREACH')),
      'connect',
      'No connection to a.test could be made (ENETUNREACH).',
    ],
    [dialError('a.test', 'odd'), 'connect', 'No connection to a.test could be made.'],
    [
      tlsError('a.test', failure('UNABLE_TO_VERIFY_LEAF_SIGNATURE')),
      'tls',
      'No trusted encrypted connection to a.test: it does not send the intermediate certificates.',
    ],
    [
      tlsError('a.test', failure('ERR_SSL_WRONG_VERSION_NUMBER')),
      'tls',
      'No trusted encrypted connection to a.test: the TLS handshake failed (ERR_SSL_WRONG_VERSION_NUMBER).',
    ],
    [exchangeError('a.test', failure('EPIPE')), 'reset', 'a.test closed the connection without an answer.'],
    [
      exchangeError('a.test', failure('ECONNRESET')),
      'reset',
      'a.test closed the connection without an answer.',
    ],
    [
      exchangeError('a.test', new Error('invalid x header')),
      'other',
      'The request to a.test could not be made: invalid x header.',
    ],
    [exchangeError('a.test', null), 'other', 'The request to a.test could not be made.'],
  ])('%s', (error, errorClass, message) => {
    expect([error.errorClass, error.message]).toEqual([errorClass, message]);
  });

  it('says durations as people do', () => {
    expect([300, 1_000, 1_500, 30_000].map(seconds)).toEqual([
      '0.3 seconds',
      '1 second',
      '1.5 seconds',
      '30 seconds',
    ]);
  });
});
