import { recruiter } from '@/lib/http/family';
import { idParams, methods, nothing, route } from '@/lib/http/route';
import { webhookHours } from '@/lib/manage/statistics';
import { findWebhook } from '@/lib/manage/webhooks';
import { presentStats } from '@/lib/present/recruiter';
import { statsQuery } from '@/lib/shapes/recruiter-input';

const DAY_MS = 86_400_000;

export const { GET, POST, PUT, PATCH, DELETE } = methods(recruiter, {
  GET: route(
    { access: 'read', params: idParams, query: statsQuery, body: nothing },
    async ({ caller, params: { id }, query: { days } }) => {
      await findWebhook(caller, id);
      return presentStats(await webhookHours(caller, id, new Date(Date.now() - days * DAY_MS)));
    },
  ),
});
