import { createServerClient } from '@supabase/ssr';
import { type NextRequest, NextResponse } from 'next/server';
import { backend } from './lib/supabase/backend';
import { SESSION_COOKIE } from './lib/supabase/client';

/** Renews a session that is about to run out, and passes it on. Who may see what is decided elsewhere. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const cookies = request.cookies.getAll();
  if (!cookies.some(({ name }) => name.startsWith(SESSION_COOKIE))) return NextResponse.next();
  const { url, publishableKey, fetch } = await backend();
  let response = NextResponse.next({ request });
  const client = createServerClient(url, publishableKey, {
    cookieOptions: { name: SESSION_COOKIE },
    ...(fetch ? { global: { fetch } } : {}),
    cookies: {
      getAll: () => request.cookies.getAll(),
      setAll: (renewed, headers) => {
        for (const { name, value } of renewed) request.cookies.set(name, value);
        response = NextResponse.next({ request });
        for (const { name, value, options } of renewed) response.cookies.set(name, value, options);
        for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
      },
    },
  });
  await client.auth.getClaims();
  return response;
}

/** Not for files, nor where no session is used: the backend's own paths, the cron, health, publishing. */
export const config = {
  matcher: [
    '/((?!_next/|rest/v1|auth/v1|api/cron|api/health|api/v1/events|favicon\\.ico|.*\\.(?:svg|png|ico|woff2)$).*)',
  ],
};
