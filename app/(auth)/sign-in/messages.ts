/** What the sign-in answers, by its error code, in words for people. */
const messages: Readonly<Record<string, string>> = {
  invalid_credentials: 'The e-mail address or the password is wrong.',
  email_not_confirmed:
    'Please confirm your e-mail address first: follow the link in the message we sent you.',
  user_already_exists: 'There is an account with this e-mail address already. Sign in instead.',
  email_exists: 'There is an account with this e-mail address already. Sign in instead.',
  weak_password: 'This password is too easy to guess. Choose a longer one.',
  signup_disabled: 'New accounts are by invitation only here. Ask whoever runs this Hirehook.',
  over_request_rate_limit: 'Too many tries. Wait a minute, then try again.',
  over_email_send_rate_limit: 'Too many messages were sent to this address. Wait a while, then try again.',
  email_address_invalid: 'This does not look like an e-mail address.',
  validation_failed: 'Check the e-mail address and the password.',
};

interface AuthFailure {
  code?: string | undefined;
  message: string;
  status?: number | undefined;
}

/** An authentication error as one sentence for people; what is not known is passed on, unless it is the server's own trouble. */
export function authMessage({ code, message, status }: AuthFailure): string {
  const known = code ? messages[code] : undefined;
  if (known) return known;
  if (status === undefined || status >= 500 || message === '') {
    return 'Signing in does not work at the moment. Please try again in a minute.';
  }
  return message;
}
