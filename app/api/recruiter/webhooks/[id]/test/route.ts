import { recruiter } from '@/lib/http/family';
import { idParams, methods, nothing, route } from '@/lib/http/route';
import { findWebhook } from '@/lib/manage/webhooks';
import { presentTest } from '@/lib/present/recruiter';
import { testBody } from '@/lib/shapes/recruiter-input';
import { engine } from '@/lib/webhooks/engine';

export const { GET, POST, PUT, PATCH, DELETE } = methods(recruiter, {
  POST: route(
    { access: 'write', params: idParams, query: nothing, body: testBody },
    async ({ caller, params: { id }, body }) => {
      const { contract, user_id: userId } = await findWebhook(caller, id);
      return presentTest(
        await engine().resender.test(caller.organizationId, { id, contract, userId }, body?.eventType),
      );
    },
  ),
});
