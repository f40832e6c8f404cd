import { recruiter } from '@/lib/http/family';
import { idParams, methods, nothing, route } from '@/lib/http/route';
import { recoverDeliveries } from '@/lib/manage/recover';
import { findWebhook } from '@/lib/manage/webhooks';
import { recoverBody } from '@/lib/shapes/recruiter-input';

export const { GET, POST, PUT, PATCH, DELETE } = methods(recruiter, {
  POST: route(
    { access: 'write', params: idParams, query: nothing, body: recoverBody },
    async ({ caller, params: { id }, body }) => ({
      success: true,
      count: await recoverDeliveries(caller, await findWebhook(caller, id), body),
    }),
  ),
});
