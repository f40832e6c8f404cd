import { z } from 'zod';
import type { Call } from '../client';

/** A webhook, in the words of no family. */
export interface Hook {
  id: string;
  url: string;
  events: string[];
  active: boolean;
}

export interface HistoryEntry {
  id: string;
  event: string;
  /** As the family spells it. */
  status: string | boolean;
  attempts: number;
  code: number | null;
  error: string | null;
}

export interface Figures {
  total: number;
  failed: number;
  /** Per cent; null where the family does not tell. */
  rate: number | null;
}

/** How an integrator calls a family. Each function checks the answer's whole shape against the guide. */
export interface Family {
  /** Where webhooks are made and listed. */
  readonly collection: string;
  /** A webhook's own path. */
  path(id: string): string;
  createBody(input: { url: unknown; events: unknown }): Readonly<Record<string, unknown>>;
  create(call: Call, input: { url: string; events: string[] }): Promise<Hook & { secret: string }>;
  list(call: Call): Promise<Hook[]>;
  get(call: Call, id: string): Promise<Hook>;
  /** Changes the events, or switches it on or off. */
  update(call: Call, id: string, patch: { events?: string[]; active?: boolean }): Promise<Hook>;
  test(call: Call, id: string): Promise<{ ok: boolean; code: number | null; error: string | null }>;
  rotate(call: Call, id: string, overlapHours?: number): Promise<string>;
  history(call: Call, id: string): Promise<HistoryEntry[]>;
  figures(call: Call, id: string): Promise<Figures>;
  remove(call: Call, id: string): Promise<void>;
  /** Fails unless the webhook is not there any more. */
  expectGone(call: Call, id: string): Promise<void>;
  /** What an error looks like. */
  readonly error: z.ZodType;
}

/** Whole seconds, UTC: what the guides show. */
export const seconds = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
export const uuid = z.uuid();
export const count = z.int().min(0);
