import type { z } from 'zod';
import { apiError } from '@/lib/shapes/recruiter';
import { chosenOrganization } from './organization';

/** A request that did not succeed, in one sentence for people, with what the form needs to show it. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    message: string,
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    /** Messages by path (`url`, `events.0`). */
    readonly fields: Readonly<Record<string, readonly string[]>> = {},
  ) {
    super(message);
  }
}

const base = '/api/recruiter';

async function failure(response: Response): Promise<ApiError> {
  const parsed = apiError.safeParse(await response.json().catch(() => null));
  if (parsed.success) return new ApiError(parsed.data.error, response.status, parsed.data.fields);
  return new ApiError(`Hirehook answered ${response.status}. Please try again.`, response.status);
}

interface RequestOptions {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  body?: unknown;
  signal?: AbortSignal;
}

/**
 * Calls a recruiter's route (`path` below `/api/recruiter`) with the session's cookies and gives the
 * parsed answer. Throws ApiError for an answer outside 2xx, for no answer, and for one of another shape.
 */
export async function request<T>(
  path: string,
  schema: z.ZodType<T>,
  options: RequestOptions = {},
): Promise<T> {
  const { method = 'GET', signal } = options;
  // Whatever writes is sent as JSON, even without content: that is how a request of our own is known.
  const body = method === 'GET' ? undefined : JSON.stringify(options.body ?? {});
  const organization = chosenOrganization();
  const response = await fetch(`${base}${path}`, {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(organization ? { 'x-organization-id': organization } : {}),
    },
    ...(body === undefined ? {} : { body }),
    ...(signal ? { signal } : {}),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new ApiError('Hirehook could not be reached. Check your connection and try again.', 0);
  });
  if (!response.ok) throw await failure(response);
  const parsed = schema.safeParse(await response.json().catch(() => null));
  if (!parsed.success)
    throw new ApiError('Hirehook answered in a form this page does not know. Reload it.', 0);
  return parsed.data;
}

/** The path's query string from what is set: `?status=failed&limit=25`, or nothing. */
export function query(parameters: Readonly<Record<string, string | number | null | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `?${text}` : '';
}
