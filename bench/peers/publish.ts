import { z } from 'zod';

const eventSchema = z.object({
  type: z.string(),
  data: z.object({
    offerId: z.string(),
    applicationId: z.string(),
    candidateId: z.string(),
    reason: z.string(),
  }),
});

/** The job of a peer: one event for one webhook. */
export const jobSchema = z.object({ event: eventSchema, webhook: z.number() });
export type Job = z.infer<typeof jobSchema>;

/** Reads a published event off a request, and how many webhooks it is for (`?fanout`). */
export async function readEvent(request: Request): Promise<Job[]> {
  const event = eventSchema.parse(await request.json());
  const fanout = Number(new URL(request.url).searchParams.get('fanout') ?? 1);
  return Array.from({ length: fanout }, (_, webhook) => ({ event, webhook }));
}

/** The environment variable `name`; throws without it. */
export function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}
