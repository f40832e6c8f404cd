import { findEvent, TEST_EVENT_TYPE } from '@/lib/catalogue';
import { shapeOf } from '@/lib/catalogue/shape';
import { findOffer } from '@/lib/contracts';
import type { Contract, Source } from '@/lib/contracts/contract';
import { byCodePoint, printString } from '@/lib/contracts/json';
import { compilePrinter, type Printer, printsAsStored } from '@/lib/contracts/layout';

/** An event as it was stored. */
export interface RenderableEvent {
  readonly type: string;
  /** What validation made of the published data, in its order. */
  readonly data: unknown;
  /** The same as it is stored, canonical JSON, where that is at hand: some contracts print it just so. */
  readonly json?: string | null;
  readonly occurredAt: Date | string;
  readonly userId?: string | null;
}

/** What a body is made of; all of it is stored, so that every attempt renders the same bytes. */
export interface Delivery {
  readonly event: RenderableEvent;
  readonly deliveryId: string;
  readonly webhookId: string;
}

interface Plan {
  readonly subscription: string;
  readonly envelope: string;
  readonly fields: readonly { readonly key: string; readonly source: Source }[];
  readonly printData: Printer;
  /** Whether data is printed just as it is stored. */
  readonly asStored: boolean;
}

/** An event whose type the contract does not offer goes by its canonical name: rendering never fails. */
function namesOf(contract: Contract, type: string) {
  if (type === TEST_EVENT_TYPE) return { subscription: contract.test.event, envelope: contract.test.event };
  return findOffer(contract, type) ?? { subscription: type, envelope: type };
}

function makePlan(contract: Contract, type: string): Plan {
  const { subscription, envelope } = namesOf(contract, type);
  const schema = findEvent(type)?.schema;
  const shape = schema ? shapeOf(schema) : ({ kind: 'free' } as const);
  const fields = [...contract.envelope];
  if (contract.json.sortKeys) fields.sort((a, b) => byCodePoint(a.field, b.field));
  return {
    subscription,
    envelope,
    fields: fields.map(({ field, source }) => ({
      key: printString(field, contract.json) + contract.json.keySeparator,
      source,
    })),
    printData: compilePrinter(shape, contract, findOffer(contract, type)),
    asStored: type !== TEST_EVENT_TYPE && printsAsStored(contract, findOffer(contract, type)),
  };
}

const plans = new WeakMap<Contract, Map<string, Plan>>();

function planOf(contract: Contract, type: string): Plan {
  const known = plans.get(contract) ?? new Map<string, Plan>();
  plans.set(contract, known);
  const plan = known.get(type) ?? makePlan(contract, type);
  known.set(type, plan);
  return plan;
}

/** Events that were published together have the same time: the one that was read last. */
let lastRead: { readonly text: string | null; readonly iso: string } = { text: null, iso: '' };

function isoOf(moment: Date | string): string {
  if (typeof moment !== 'string') return moment.toISOString();
  if (moment !== lastRead.text) lastRead = { text: moment, iso: new Date(moment).toISOString() };
  return lastRead.iso;
}

function timestamp(moment: Date | string, precision: Contract['timestamps']): string {
  const iso = isoOf(moment);
  return precision === 'milliseconds' ? iso : iso.replace(/\.\d{3}Z$/, 'Z');
}

function dataOf(contract: Contract, event: RenderableEvent): unknown {
  if (event.type !== TEST_EVENT_TYPE) return event.data;
  return { message: contract.test.message, ...(typeof event.data === 'object' ? event.data : {}) };
}

const printed = new WeakMap<RenderableEvent, Map<Plan, string>>();

/** The data as a contract prints it; made once for all the deliveries of an event. */
function printedData(contract: Contract, plan: Plan, event: RenderableEvent): string {
  if (plan.asStored && event.json != null) return event.json;
  const known = printed.get(event) ?? new Map<Plan, string>();
  printed.set(event, known);
  const text =
    known.get(plan) ?? plan.printData(dataOf(contract, event), `"${timestamp(event.occurredAt, 'seconds')}"`);
  known.set(plan, text);
  return text;
}

type SentValues = Delivery & { readonly attemptedAt?: Date };

/** The text of one source; null where the event has none. */
function textOf(source: Exclude<Source, 'data'>, contract: Contract, plan: Plan, sent: SentValues) {
  switch (source) {
    case 'event':
      return plan.envelope;
    case 'subscription':
      return plan.subscription;
    case 'deliveryId':
      return sent.deliveryId;
    case 'webhookId':
      return sent.webhookId;
    case 'userId':
      return sent.event.userId ?? null;
    case 'occurredAt':
      return timestamp(sent.event.occurredAt, contract.timestamps);
    case 'attemptedAt':
      return sent.attemptedAt ? timestamp(sent.attemptedAt, contract.timestamps) : null;
  }
}

/** A body in three parts: before its event's data, the data, after it. */
export interface BodyParts {
  readonly head: string;
  readonly data: string;
  readonly tail: string;
}

/** The parts of a delivery's body, which are the body when put together. A pure function of stored rows; throws as `renderBody`. */
export function renderParts(contract: Contract, delivery: Delivery): BodyParts {
  const plan = planOf(contract, delivery.event.type);
  let head = '{';
  let data = '';
  let tail = '';
  for (const [n, { key, source }] of plan.fields.entries()) {
    let text = n === 0 ? key : contract.json.itemSeparator + key;
    if (source !== 'data') {
      const value = textOf(source, contract, plan, delivery);
      text += value === null ? 'null' : printString(value, contract.json);
    }
    if (data === '') head += text;
    else tail += text;
    if (source === 'data') data = printedData(contract, plan, delivery.event);
  }
  return { head, data, tail: `${tail}}` };
}

/**
 * The body of a delivery, as text whose UTF-8 bytes are signed and sent. A pure function of stored
 * rows. Throws a RangeError when `occurredAt` is no date.
 */
export function renderBody(contract: Contract, delivery: Delivery): string {
  const { head, data, tail } = renderParts(contract, delivery);
  return head + data + tail;
}

/**
 * The headers of an attempt beside its signatures: Content-Type, User-Agent and the contract's own,
 * spelled as its guide does. Throws a RangeError when a date is invalid.
 */
export function contractHeaders(
  contract: Contract,
  attempt: Delivery & { readonly attemptedAt: Date },
): Record<string, string> {
  const plan = planOf(contract, attempt.event.type);
  const headers: Record<string, string> = {
    'Content-Type': 'application/json',
    'User-Agent': contract.userAgent,
  };
  for (const { name, source } of contract.headers) {
    if (source !== 'data') headers[name] = textOf(source, contract, plan, attempt) ?? '';
  }
  return headers;
}
