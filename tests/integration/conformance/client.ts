import { expect } from 'vitest';
import { z } from 'zod';
import type { RunningApp } from '../../support/app';

export interface Answer {
  readonly status: number;
  /** Parsed JSON; null when there is no body. */
  readonly body: unknown;
  readonly headers: Headers;
}

/** Calls a path of the app; a string is sent as it is, anything else as JSON. */
export type Call = (method: string, path: string, body?: unknown) => Promise<Answer>;

/** A caller with a bearer token; null calls without one. */
export function caller(url: string, token: string | null): Call {
  return async (method, path, body) => {
    const response = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text === '' ? null : JSON.parse(text),
      headers: response.headers,
    };
  };
}

/** The body of an answer that must have a status and a shape. */
export function read<S extends z.ZodType>(answer: Answer, status: number, shape: S): z.output<S> {
  expect(answer.status, JSON.stringify(answer.body)).toBe(status);
  return shape.parse(answer.body);
}

const signedUp = z.object({ access_token: z.string(), user: z.object({ id: z.string() }) });

/** Signs somebody up, which makes an organization of their own. */
export async function signUp(app: RunningApp, email: string): Promise<{ call: Call; userId: string }> {
  const response = await fetch(`${app.url}/auth/v1/signup`, {
    method: 'POST',
    headers: { apikey: app.demo.publishableKey, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: 'a long enough password' }),
  });
  const { access_token: token, user } = signedUp.parse(await response.json());
  return { call: caller(app.url, token), userId: user.id };
}

/** The user whom a caller's token or key acts for. */
export async function userIdOf(call: Call): Promise<string> {
  const me = z.object({ user: z.object({ id: z.string() }) });
  return read(await call('GET', '/api/recruiter/me'), 200, me).user.id;
}

const published = z.object({ id: z.string(), deliveries: z.number() });

/** Publishes an event, and answers its id and how many webhooks it goes to. */
export async function publish(call: Call, event: { type: string; data: unknown; userId?: string }) {
  return read(await call('POST', '/api/v1/events', event), 202, published);
}

const detail = z.object({
  delivery: z.object({
    id: z.string(),
    status: z.string(),
    reason: z.string().nullish(),
    attempts: z.number(),
    next_attempt_at: z.string().nullable(),
    response_code: z.number().nullable(),
    request_body: z.string().nullable(),
    attempts_log: z.array(z.object({ number: z.number(), started_at: z.string(), duration_ms: z.number() })),
  }),
});

/** A delivery with its attempts, as the dashboard reads it, whatever its webhook's contract. */
export async function deliveryOf(call: Call, id: string) {
  return read(await call('GET', `/api/recruiter/webhooks/deliveries/${id}`), 200, detail).delivery;
}

/** The same once it has been attempted so often, and the attempt is recorded. */
export async function attempted(call: Call, id: string, attempts: number) {
  await expect
    .poll(async () => (await deliveryOf(call, id)).attempts, { timeout: 30_000, interval: 30 })
    .toBe(attempts);
  return deliveryOf(call, id);
}
