/** Why no answer came, as a heading of two or three words; the sentence beneath it comes with the attempt. */
const headings: Readonly<Record<string, string>> = {
  dns: 'Name not found',
  connect: 'No connection',
  refused: 'Connection refused',
  tls: 'Not securely reachable',
  timeout_connect: 'No connection in time',
  timeout: 'No answer in time',
  reset: 'Connection broke off',
  blocked: 'Address not allowed',
  protocol: 'Not a web server',
  aborted: 'Stopped by us',
  other: 'Could not be sent',
};

/** A heading for an attempt's error class; one that is not known yet reads "No answer". */
export function errorHeading(errorClass: string | null): string {
  return (errorClass && headings[errorClass]) || 'No answer';
}
