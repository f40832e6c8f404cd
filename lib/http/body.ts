/** Reads what a request carries: bounded, JSON, from where it may come. Every failure is a Problem. */
import type { z } from 'zod';
import { type Fields, Problem, sentenceOf } from '@/lib/webhooks/errors';

/** A request may be this large, in bytes. */
export const MAX_REQUEST_BYTES = 4 * 1024 * 1024;

/** The body as text. Throws a Problem: too_large, validation_failed when it is not UTF-8. */
export async function readText(request: Request): Promise<string> {
  const tooLarge = () => new Problem('too_large', 'A request may be at most 4 MiB.');
  if (Number(request.headers.get('content-length') ?? 0) > MAX_REQUEST_BYTES) throw tooLarge();
  if (!request.body) return '';
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body) {
    size += part.byteLength;
    if (size > MAX_REQUEST_BYTES) throw tooLarge();
    parts.push(part);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts));
  } catch {
    throw new Problem('validation_failed', 'The body is not valid UTF-8.');
  }
}

/** The body as JSON; undefined when there is none. Throws a Problem. */
export async function readJson(request: Request): Promise<unknown> {
  const text = await readText(request);
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    const where = error instanceof SyntaxError ? `: ${error.message}` : '';
    throw new Problem('validation_failed', `The body is not valid JSON${where}.`.replace('..', '.'));
  }
}

function path(steps: readonly PropertyKey[]): string {
  return steps.map(String).join('.');
}

/** Field by field, what a schema found wrong. */
export function fieldsOf(error: z.ZodError): Fields {
  const fields: Fields = {};
  for (const issue of error.issues) {
    const at =
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => path([...issue.path, key]))
        : [path(issue.path)];
    const message = issue.code === 'unrecognized_keys' ? 'is not a field here' : issue.message;
    for (const field of at) fields[field] = [...(fields[field] ?? []), message];
  }
  return fields;
}

/** Checks a value with a schema. Throws a Problem (validation_failed) with its fields. */
export function check<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value, { error: explain });
  if (parsed.success) return parsed.data;
  const fields = fieldsOf(parsed.error);
  throw new Problem('validation_failed', sentenceOf(fields), fields);
}

const explain: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'invalid_type' && issue.expected === 'object' && (issue.path ?? []).length === 0)
    return 'Send a JSON object as the body.';
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'is required';
  if (issue.code === 'invalid_type')
    return `must be ${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`;
  return undefined;
};
