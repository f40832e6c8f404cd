import { errors } from 'undici';
import type { ErrorClass } from './types';

/** A failure whose class and sentence are already known. */
export class SendError extends Error {
  override readonly name = 'SendError';

  constructor(
    readonly errorClass: ErrorClass,
    message: string,
  ) {
    super(message);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** A duration in ms, as a person says it: `10 seconds`, `0.5 seconds`. */
export function seconds(ms: number): string {
  const value = Math.round(ms / 100) / 10;
  return value === 1 ? '1 second' : `${value} seconds`;
}

export function dnsError(hostname: string, error: unknown): SendError {
  const code = codeOf(error);
  const isUnknown = code === 'ENOTFOUND' || code === 'ENODATA' || code === 'EAI_NONAME' || code === '';
  return new SendError(
    'dns',
    isUnknown
      ? `The name ${hostname} does not exist: check the URL for a typing mistake.`
      : `The name ${hostname} could not be looked up (${code}): its name servers do not answer as they should.`,
  );
}

export function dialError(host: string, error: unknown): SendError {
  const code = codeOf(error);
  if (code === 'ECONNREFUSED') {
    return new SendError('refused', `${host} refused the connection: nothing is listening there.`);
  }
  if (code === 'ETIMEDOUT') {
    return new SendError('timeout_connect', `${host} did not accept a connection in time.`);
  }
  return new SendError(
    'connect',
    `No connection to ${host} could be made${code === '' ? '' : ` (${code})`}.`,
  );
}

const CERTIFICATE_FAULTS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate comes from an authority that is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'it does not send the intermediate certificates',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate comes from an authority that is not trusted',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

export function tlsError(host: string, error: unknown): SendError {
  const code = codeOf(error);
  const fault = CERTIFICATE_FAULTS[code] ?? `the TLS handshake failed${code === '' ? '' : ` (${code})`}`;
  return new SendError('tls', `No trusted encrypted connection to ${host}: ${fault}.`);
}

/** What went wrong after the connection stood and before an answer came. */
export function exchangeError(host: string, error: unknown): SendError {
  if (error instanceof SendError) return error;
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : '';
  if (code === 'UND_ERR_HEADERS_OVERFLOW') {
    return new SendError('protocol', `The headers of ${host}'s answer are too large.`);
  }
  const isNotHttp =
    error instanceof errors.HTTPParserError || error instanceof errors.ResponseContentLengthMismatchError;
  if (isNotHttp || message === 'bad response' || message === 'bad upgrade') {
    return new SendError('protocol', `What ${host} sent back is not a valid HTTP answer.`);
  }
  if (code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE') {
    return new SendError('reset', `${host} closed the connection without an answer.`);
  }
  return new SendError(
    'other',
    `The request to ${host} could not be made${message === '' ? '' : `: ${message}`}.`,
  );
}
