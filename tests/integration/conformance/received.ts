import { createHmac, timingSafeEqual } from 'node:crypto';
import { expect } from 'vitest';
import { z } from 'zod';
import { type ReceivedRequest, verify } from '../../receiver';
import type { Known, Promised } from './promised';

/** The guide's sample receiver: parses the body, prints it again in its language's way, and signs that. */
export function guideAccepts(promised: Promised, request: ReceivedRequest, secret: string): boolean {
  if (!promised.signature) return true;
  const { header, prefix } = promised.signature;
  const printed = promised.reprint(JSON.parse(request.rawBody.toString('utf8')));
  const expected = Buffer.from(prefix + createHmac('sha256', secret).update(printed, 'utf8').digest('hex'));
  const sent = Buffer.from(request.headers[header.toLowerCase()] ?? '');
  return sent.length === expected.length && timingSafeEqual(sent, expected);
}

/** Whether a receiver with this secret takes the request: on the standard headers, by hand and by both libraries. */
export function standardAccepts(request: ReceivedRequest, secret: string): boolean {
  const verdicts = [verify.verifyStandard, verify.verifyWithStandardWebhooks, verify.verifyWithSvix].map(
    (check) => check(request.headers, request.rawBody, secret),
  );
  expect(new Set(verdicts).size, `the three disagree: ${verdicts}`).toBe(1);
  return verdicts[0] === true;
}

/** The contract's own header over the raw bytes, in any language. */
export function rawAccepts(promised: Promised, request: ReceivedRequest, secret: string): boolean {
  return (
    !promised.signature || verify.verifyHex(promised.signature)(request.headers, request.rawBody, secret)
  );
}

const envelope = z.object({ timestamp: z.string() });

/** Holds a delivery against what the guide shows: method, headers as spelled, body, and signatures. */
export function expectDelivery(
  promised: Promised,
  request: ReceivedRequest,
  from: { webhookId: string; secret: string; userId: string },
): Known {
  const text = request.rawBody.toString('utf8');
  const body: unknown = JSON.parse(text);
  const known: Known = {
    webhookId: from.webhookId,
    userId: from.userId,
    deliveryId: request.headers['webhook-id'] ?? '',
    timestamp: envelope.parse(body).timestamp,
  };
  expect(request.method).toBe('POST');
  const expected = promised.body(known);
  expect(body).toEqual(expected);
  expect(Object.keys(z.record(z.string(), z.unknown()).parse(body)).toSorted()).toEqual(
    Object.keys(expected).toSorted(),
  );
  // What the sample receiver prints of it must be the bytes that were sent.
  expect(promised.reprint(body)).toBe(text);

  const names = request.rawHeaders.filter((_, index) => index % 2 === 0);
  const headers = { 'Content-Type': 'application/json', ...promised.headers(known) };
  for (const [name, value] of Object.entries(headers)) {
    expect(names).toContain(name);
    expect(request.headers[name.toLowerCase()]).toBe(value);
  }
  if (promised.attemptTime) {
    const seconds = Number(request.headers['webhook-timestamp']);
    const iso = new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
    expect(names).toContain(promised.attemptTime);
    expect(request.headers[promised.attemptTime.toLowerCase()]).toBe(iso);
  }
  if (promised.signature) expect(names).toContain(promised.signature.header);
  expect(Math.abs(Date.parse(known.timestamp) - request.receivedAt.getTime())).toBeLessThan(60_000);

  expect(guideAccepts(promised, request, from.secret)).toBe(true);
  expect(rawAccepts(promised, request, from.secret)).toBe(true);
  expect(standardAccepts(request, from.secret)).toBe(true);
  return known;
}
