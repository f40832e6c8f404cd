import { recruiter } from '@/lib/http/family';
import { idParams, methods, nothing, route } from '@/lib/http/route';
import { deleteWebhook, updateWebhook } from '@/lib/manage/change-webhook';
import { listDeliveries } from '@/lib/manage/deliveries';
import { findWebhook, getWebhook } from '@/lib/manage/webhooks';
import { presentDelivery, presentWebhook } from '@/lib/present/recruiter';
import { updateWebhookBody } from '@/lib/shapes/recruiter-input';

const RECENT = 20;

export const { GET, POST, PUT, PATCH, DELETE } = methods(recruiter, {
  GET: route(
    { access: 'read', params: idParams, query: nothing, body: nothing },
    async ({ caller, params: { id } }) => {
      const view = await getWebhook(caller, id);
      const recent = await listDeliveries(caller, [id], { limit: RECENT });
      const deliveries = recent.deliveries.map(presentDelivery);
      return { success: true, webhook: { ...presentWebhook(view), deliveries }, deliveries };
    },
  ),
  PATCH: route(
    { access: 'write', params: idParams, query: nothing, body: updateWebhookBody },
    async ({ caller, params: { id }, body: { is_active: isActive, ...patch } }) => {
      await updateWebhook(caller, await findWebhook(caller, id), { ...patch, isActive });
      return { success: true, webhook: presentWebhook(await getWebhook(caller, id)) };
    },
  ),
  DELETE: route(
    { access: 'write', params: idParams, query: nothing, body: nothing },
    async ({ caller, params: { id } }) => {
      await deleteWebhook(caller, await findWebhook(caller, id));
      return { success: true };
    },
  ),
});
