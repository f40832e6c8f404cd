import { recruiter } from '@/lib/http/family';
import { methods } from '@/lib/http/route';
import { log } from '@/lib/log';
import { engine } from '@/lib/webhooks/engine';

export const dynamic = 'force-dynamic';

/** For load balancers and operators: whether the database answers, and how much is due. */
async function health(): Promise<Response> {
  try {
    return Response.json({ status: 'ok', backlog: await engine().backlog() });
  } catch (error) {
    log.error({ error: String(error) }, 'health');
    return Response.json({ status: 'unavailable' }, { status: 503 });
  }
}

export const { GET, POST, PUT, PATCH, DELETE } = methods(recruiter, { GET: () => health });
