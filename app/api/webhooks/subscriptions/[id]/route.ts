import { CONTRACTS } from '@/lib/contracts';
import { smartHiringFamily } from '@/lib/http/families/smart-hiring';
import { idParams, methods, nothing, route } from '@/lib/http/route';
import { deleteWebhook, updateWebhook } from '@/lib/manage/change-webhook';
import { findWebhook, getWebhook } from '@/lib/manage/webhooks';
import { presentStatistics, presentSubscription } from '@/lib/present/smart-hiring';
import { updateBody } from '@/lib/shapes/smart-hiring-input';

const contract = CONTRACTS['smart-hiring'];

export const { GET, POST, PUT, PATCH, DELETE } = methods(smartHiringFamily, {
  GET: route(
    { access: 'read', params: idParams, query: nothing, body: nothing },
    async ({ caller, params: { id } }) => {
      const { webhook, totals } = await getWebhook(caller, id, contract.name);
      return {
        success: true,
        data: { ...presentSubscription(webhook), statistics: presentStatistics(totals) },
        message: 'Webhook subscription retrieved successfully',
      };
    },
  ),
  PUT: route(
    { access: 'write', params: idParams, query: nothing, body: updateBody },
    async ({ caller, params: { id }, body: { active: isActive, ...patch } }) => {
      await updateWebhook(caller, await findWebhook(caller, id, contract.name), { ...patch, isActive });
      const webhook = await findWebhook(caller, id, contract.name);
      return {
        success: true,
        data: presentSubscription(webhook),
        message: 'Webhook subscription updated successfully',
      };
    },
  ),
  DELETE: route(
    { access: 'write', params: idParams, query: nothing, body: nothing },
    async ({ caller, params: { id } }) => {
      await deleteWebhook(caller, await findWebhook(caller, id, contract.name));
      return { success: true, message: 'Webhook subscription deleted successfully' };
    },
  ),
});
