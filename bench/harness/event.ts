import { createHmac } from 'node:crypto';

/** The one secret that every system signs with, in the Standard Webhooks form. */
export const SECRET = `whsec_${Buffer.from('hirehook-benchmark-32-bytes-key!').toString('base64')}`;
const key = Buffer.from(SECRET.slice('whsec_'.length), 'base64');

/** What is published where nothing else is said. */
export const EVENT = 'offer.rejected';

const padding = new Map<number, string>();
const pad = (length: number): string => {
  let text = padding.get(length);
  if (text === undefined) {
    text = 'The candidate took another offer, nearer to home. '
      .repeat(Math.ceil(length / 50))
      .slice(0, length);
    padding.set(length, text);
  }
  return text;
};
const ENVELOPE_BYTES = 180;

/** What the receiver finds in a body: run and sequence number of the event that it carries. */
export const marker = (run: number, sequence: number): string => `bench-${run}-${sequence}-`;

/** An event as `POST /api/v1/events` takes it; its delivered body is about `bytes` long. */
export function event(run: number, sequence: number, bytes: number, type = EVENT) {
  return {
    type,
    data: {
      offerId: marker(run, sequence),
      applicationId: 'application-1',
      candidateId: 'candidate-1',
      reason: pad(Math.max(1, bytes - ENVELOPE_BYTES)),
    },
  };
}

/** What an event is, once a publisher has made it. */
export type BenchEvent = ReturnType<typeof event>;

/** The body that a receiver gets: type, timestamp, data. */
export function render({ type, data }: BenchEvent, at: Date): string {
  return JSON.stringify({ type, timestamp: `${at.toISOString().slice(0, 19)}Z`, data });
}

/** Headers of a Standard Webhooks delivery of `body`, signed with {@link SECRET}. */
export function signedHeaders(id: string, body: string, at: Date): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'content-type': 'application/json',
    'user-agent': 'Hirehook/1.0',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
}
