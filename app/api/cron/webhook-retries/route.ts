import { requireCronSecret } from '@/lib/accounts/cron';
import { recruiter } from '@/lib/http/family';
import { methods, toResponse } from '@/lib/http/route';
import { engine } from '@/lib/webhooks/engine';

export const dynamic = 'force-dynamic';
/** Seconds: the sweep stays until its successor has taken over. */
export const maxDuration = 800;

async function retry(request: Request): Promise<Response> {
  try {
    await requireCronSecret(request);
    const once = new URL(request.url).searchParams.get('mode') === 'once';
    return Response.json(await engine().sweep({ once }));
  } catch (error) {
    return toResponse(recruiter, error);
  }
}

export const { GET, POST, PUT, PATCH, DELETE } = methods(recruiter, { GET: () => retry });
