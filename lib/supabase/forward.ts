import 'server-only';
import { backend } from './backend';

/** The most that a request may carry, as everywhere in the app. */
const MOST_BYTES = 4 * 1024 * 1024;

async function bodyWithin(
  request: Request,
  mostBytes: number,
): Promise<Uint8Array<ArrayBuffer> | null | 'too large'> {
  if (!request.body) return null;
  if (Number(request.headers.get('content-length') ?? 0) > mostBytes) return 'too large';
  const reader = request.body.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    size += read.value.byteLength;
    if (size > mostBytes) {
      await reader.cancel();
      return 'too large';
    }
    parts.push(read.value);
  }
  return new Uint8Array(Buffer.concat(parts));
}

/**
 * Hands a request for `/rest/v1/…` or `/auth/v1/…` to the local backend, as it came: the caller's own key
 * and token decide what it may. 404 when hosted, where Supabase answers these itself; 413 past 4 MiB.
 */
export async function forward(request: Request): Promise<Response> {
  const { handle } = await backend();
  if (!handle) return Response.json({ message: 'Not found' }, { status: 404 });
  const body = await bodyWithin(request, MOST_BYTES);
  if (body === 'too large') {
    return Response.json({ message: 'A request is at most 4 MiB' }, { status: 413 });
  }
  return handle(new Request(request.url, { method: request.method, headers: request.headers, body }));
}
