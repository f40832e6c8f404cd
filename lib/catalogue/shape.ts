import { z } from 'zod';

/** What a schema says about printing its data: which keys are its own, and which values are times. */
export type Shape =
  | { readonly kind: 'scalar' }
  | { readonly kind: 'time' }
  | { readonly kind: 'free' }
  | { readonly kind: 'list'; readonly item: Shape }
  | { readonly kind: 'object'; readonly fields: readonly FieldShape[] };

export interface FieldShape {
  /** Canonical, camelCase. */
  readonly name: string;
  readonly shape: Shape;
}

function unwrap(schema: unknown): unknown {
  const wraps = schema instanceof z.ZodOptional || schema instanceof z.ZodNullable;
  return wraps ? unwrap(schema.unwrap()) : schema;
}

function isScalar(schema: unknown): boolean {
  if (schema instanceof z.ZodUnion) return schema.options.every(isScalar);
  return [z.ZodString, z.ZodStringFormat, z.ZodNumber, z.ZodBoolean, z.ZodEnum].some(
    (scalar) => schema instanceof scalar,
  );
}

/**
 * Reads the shape of data off its zod schema, so that the schema alone says which keys a contract
 * may rename. Throws a TypeError for a kind of schema that no event has used so far.
 */
export function shapeOf(schema: unknown): Shape {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodISODateTime) return { kind: 'time' };
  if (isScalar(inner)) return { kind: 'scalar' };
  if (inner instanceof z.ZodRecord || inner instanceof z.ZodUnknown) return { kind: 'free' };
  if (inner instanceof z.ZodArray) return { kind: 'list', item: shapeOf(inner.element) };
  if (inner instanceof z.ZodObject) {
    const fields = Object.entries(inner.shape).map(([name, field]) => ({ name, shape: shapeOf(field) }));
    return { kind: 'object', fields };
  }
  throw new TypeError('The catalogue cannot tell how this kind of schema is printed');
}
