import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { RunningApp } from '@/tests/support/app';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  json: unknown;
}

export interface Call {
  method?: string;
  token?: string | null;
  headers?: Record<string, string>;
  /** Sent as JSON; `raw` is sent as it is. */
  body?: unknown;
  raw?: string | Uint8Array<ArrayBuffer>;
}

/** A caller of the app, as a program or an attacker would be. */
export function callerOf(app: RunningApp, standing: Record<string, string> = {}) {
  return async (target: string, { method, token, headers, body, raw }: Call = {}): Promise<Answer> => {
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(new URL(target, app.url), {
      method: method ?? (sent === undefined ? 'GET' : 'POST'),
      redirect: 'manual',
      headers: {
        ...(sent !== undefined && { 'content-type': 'application/json' }),
        ...(token && { authorization: `Bearer ${token}` }),
        ...standing,
        ...headers,
      },
      ...(sent !== undefined && { body: sent }),
    });
    const text = await response.text();
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      json = undefined;
    }
    return { status: response.status, headers: response.headers, text, json };
  };
}

const session = z.object({ access_token: z.string(), user: z.object({ id: z.string() }) });

/** Makes an account, which has an organization of its own. */
export async function signUp(app: RunningApp, email: string, data: Record<string, unknown> = {}) {
  const answer = await callerOf(app, { apikey: app.demo.publishableKey })('/auth/v1/signup', {
    body: { email, password: 'correct horse battery', data },
  });
  const { access_token: token, user } = session.parse(answer.json);
  return { token, userId: user.id };
}

/** The demo user's token. */
export async function signIn(app: RunningApp): Promise<string> {
  const { email, password, publishableKey } = app.demo;
  const answer = await callerOf(app, { apikey: publishableKey })('/auth/v1/token?grant_type=password', {
    body: { email, password },
  });
  return session.parse(answer.json).access_token;
}

/** The server's own key: what an operator has, for setting a scene. */
export function secretKeyOf(app: RunningApp): string {
  const file: unknown = JSON.parse(fs.readFileSync(path.join(app.directory, 'keys.json'), 'utf8'));
  return z.object({ secretKey: z.string() }).parse(file).secretKey;
}

const createdWebhook = z.object({ webhook: z.object({ id: z.string(), secret: z.string() }) });

export async function createWebhook(
  app: RunningApp,
  token: string,
  body: Record<string, unknown>,
): Promise<{ id: string; secret: string }> {
  const answer = await callerOf(app)('/api/recruiter/webhooks', { token, body });
  if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
  return createdWebhook.parse(answer.json).webhook;
}

const errorBody = z.object({ success: z.literal(false), error: z.string(), code: z.string() });

/** The one clear sentence of a refusal; throws when the answer is not of the error shape. */
export function sentence(answer: Answer): string {
  const { error } = errorBody.parse(answer.json);
  const words = error.trim();
  if (!/^[^\n]{8,2000}[.!?…]$/.test(words)) throw new Error(`No sentence: ${words}`);
  if (/constraint|relation|syntax error|violates|PGRST|sqlstate|at Object\.|node_modules/i.test(words))
    throw new Error(`Says what it runs on: ${words}`);
  return words;
}

export const offer = (reason = 'agreed') => ({
  type: 'offer.accepted',
  data: { offerId: 'offer_1', applicationId: 'app_1', candidateId: 'cand_1', reason },
});
