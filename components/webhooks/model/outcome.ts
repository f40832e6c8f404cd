import type { Tone } from '@/components/ui/badge';

/** What a status code tells about the receiver, to be read in brackets after the code. */
const statusMeanings: Readonly<Record<number, string>> = {
  400: 'it did not understand the request',
  401: 'it did not accept the signature, or wants a sign-in',
  403: 'it refused us',
  404: 'there is nothing at this address',
  405: 'this address does not take POST',
  406: 'it does not answer in JSON',
  408: 'it gave up waiting',
  409: 'it is in conflict with what it has',
  410: 'the address is gone for good',
  413: 'the message is too large for it',
  415: 'it does not take JSON',
  422: 'it did not like the content',
  429: 'it gets too many requests',
  500: 'an error on its side',
  502: 'the service behind it is down',
  503: 'it is not available right now',
  504: 'the service behind it did not answer',
};

/** What a status code means, in a few words. */
export function statusMeaning(code: number): string {
  const known = statusMeanings[code];
  if (known) return known;
  if (code >= 200 && code < 300) return 'accepted';
  if (code >= 300 && code < 400) return 'it points to another address, which we do not follow';
  if (code >= 400 && code < 500) return 'it refused the request';
  if (code >= 500) return 'an error on its side';
  return 'an unusual answer';
}

export interface Outcome {
  tone: Tone;
  /** One sentence, with a full stop. */
  sentence: string;
}

interface AttemptLike {
  status_code: number | null;
  error: string | null;
}

const sentenceEnd = /[.!?…]$/;

function asSentence(text: string): string {
  const trimmed = text.trim();
  const capital = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return sentenceEnd.test(capital) ? capital : `${capital}.`;
}

/** What came of one attempt, in one sentence. */
export function attemptOutcome({ status_code: code, error }: AttemptLike): Outcome {
  if (code === null) {
    return { tone: 'bad', sentence: error ? asSentence(error) : 'Your server did not answer.' };
  }
  if (code >= 200 && code < 300) return { tone: 'ok', sentence: `Your server accepted it (${code}).` };
  return { tone: 'bad', sentence: `Your server answered ${code} (${statusMeaning(code)}).` };
}

const milli = 1000;

/** A wait as people count it: "12 s", "4 min", "2 h 10 min". */
export function waitInWords(waitMs: number): string {
  const seconds = Math.max(0, Math.ceil(waitMs / milli));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours >= 24) {
    const days = Math.round(hours / 24);
    return days === 1 ? '1 day' : `${days} days`;
  }
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** "We try again in 4 min."; null when nothing is planned. */
export function nextAttemptInWords(nextAttemptAt: string | null, nowMs: number): string | null {
  if (nextAttemptAt === null) return null;
  const waitMs = new Date(nextAttemptAt).getTime() - nowMs;
  return waitMs <= 0 ? 'We try again any moment now.' : `We try again in ${waitInWords(waitMs)}.`;
}

/** A duration as people read it: "84 ms", "1.2 s". */
export function durationInWords(durationMs: number): string {
  return durationMs < milli ? `${Math.round(durationMs)} ms` : `${(durationMs / milli).toFixed(1)} s`;
}
