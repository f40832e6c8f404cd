/** The delivery that a guide shows: the catalogue's sample, rendered and signed by the engine itself. */
import { createHash } from 'node:crypto';
import { findEvent } from '@/lib/catalogue';
import type { Contract } from '@/lib/contracts/contract';
import { newSecret } from '@/lib/contracts/secret';
import { contractHeaders, renderBody } from '@/lib/webhooks/render';
import { signedHeaders } from '@/lib/webhooks/sign';

const OCCURRED_AT = new Date('2026-01-22T10:30:00Z');
const ATTEMPTED_AT = new Date('2026-01-22T10:30:01Z');
const WEBHOOK_ID = '019be52a-44d8-7c31-a7f4-30d9c6b1e802';
const DELIVERY_ID = '019be550-2a40-7e8a-9b51-6f0c1d2e3a4b';
const USER_ID = '6f1f3e6a-7d10-4a52-9c3b-019c0a5e7d1f';

/** A secret that is the same at every run, and nobody's. */
export function specimenSecret(contract: Contract, name = 'specimen'): string {
  return newSecret(contract, (length) =>
    createHash('sha512').update(`${contract.name} ${name}`).digest().subarray(0, length),
  );
}

/** The first event that a contract offers, as one attempt sends it. */
export function specimen(contract: Contract) {
  const type = contract.events[0]?.type ?? '';
  const data: unknown = findEvent(type)?.sample;
  const delivery = {
    event: { type, data, occurredAt: OCCURRED_AT, userId: USER_ID },
    deliveryId: DELIVERY_ID,
    webhookId: WEBHOOK_ID,
  };
  const secret = specimenSecret(contract);
  const body = renderBody(contract, delivery);
  const headers = {
    ...contractHeaders(contract, { ...delivery, attemptedAt: ATTEMPTED_AT }),
    ...signedHeaders(contract, {
      body,
      deliveryId: DELIVERY_ID,
      attemptedAt: ATTEMPTED_AT,
      secrets: [secret],
    }),
  };
  return { type, secret, body, headers };
}
