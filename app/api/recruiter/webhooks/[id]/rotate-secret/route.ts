import { recruiter } from '@/lib/http/family';
import { idParams, methods, nothing, route } from '@/lib/http/route';
import { rotateSecret } from '@/lib/manage/change-webhook';
import { findWebhook } from '@/lib/manage/webhooks';
import { rotateBody } from '@/lib/shapes/recruiter-input';

export const { GET, POST, PUT, PATCH, DELETE } = methods(recruiter, {
  POST: route(
    { access: 'write', params: idParams, query: nothing, body: rotateBody },
    async ({ caller, params: { id }, body }) => ({
      success: true,
      ...(await rotateSecret(caller, await findWebhook(caller, id), body?.overlapHours)),
    }),
  ),
});
