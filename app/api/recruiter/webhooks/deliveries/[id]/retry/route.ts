import { recruiter } from '@/lib/http/family';
import { idParams, methods, nothing, route } from '@/lib/http/route';
import { findDelivery } from '@/lib/manage/deliveries';
import { presentDelivery } from '@/lib/present/recruiter';
import { engine } from '@/lib/webhooks/engine';

export const { GET, POST, PUT, PATCH, DELETE } = methods(recruiter, {
  POST: route(
    { access: 'write', params: idParams, query: nothing, body: nothing },
    async ({ caller, params: { id } }) => {
      await findDelivery(caller, id);
      await engine().resender.resend(caller.organizationId, id);
      return { success: true, delivery: presentDelivery(await findDelivery(caller, id)) };
    },
  ),
});
