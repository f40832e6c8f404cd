import { after } from 'next/server';

/**
 * Lets work go on after the response: Next keeps the process alive for it where the platform would stop it. Outside of a
 * request (a script, a test) the work simply goes on. The work must never reject.
 */
export function later(work: Promise<unknown>): void {
  try {
    after(() => work);
  } catch {
    // Not in a request.
  }
}
