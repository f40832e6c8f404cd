import { recruiter } from '@/lib/http/family';
import { idParams, methods, nothing, route } from '@/lib/http/route';
import { sendTest } from '@/lib/manage/send-test';
import { findWebhook } from '@/lib/manage/webhooks';
import { presentTest } from '@/lib/present/recruiter';
import { testBody } from '@/lib/shapes/recruiter-input';

export const { GET, POST, PUT, PATCH, DELETE } = methods(recruiter, {
  POST: route(
    { access: 'write', params: idParams, query: nothing, body: testBody },
    async ({ caller, params: { id }, body }) =>
      presentTest(await sendTest(caller, await findWebhook(caller, id), body?.eventType)),
  ),
});
