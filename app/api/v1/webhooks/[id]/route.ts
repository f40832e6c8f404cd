import { CONTRACTS } from '@/lib/contracts';
import { hrIntelligenceFamily } from '@/lib/http/families/hr-intelligence';
import { idParams, methods, nothing, route } from '@/lib/http/route';
import { deleteWebhook, updateWebhook } from '@/lib/manage/change-webhook';
import { findWebhook, getWebhook } from '@/lib/manage/webhooks';
import { presentWebhook } from '@/lib/present/hr-intelligence';
import { updateBody } from '@/lib/shapes/hr-intelligence-input';

const contract = CONTRACTS['hr-intelligence'];

export const { GET, POST, PUT, PATCH, DELETE } = methods(hrIntelligenceFamily, {
  GET: route(
    { access: 'read', params: idParams, query: nothing, body: nothing },
    async ({ caller, params: { id } }) => presentWebhook(await getWebhook(caller, id, contract.name)),
  ),
  PUT: route(
    { access: 'write', params: idParams, query: nothing, body: updateBody },
    async ({ caller, params: { id }, body: { is_active: isActive, ...patch } }) => {
      await updateWebhook(caller, await findWebhook(caller, id, contract.name), { ...patch, isActive });
      return presentWebhook(await getWebhook(caller, id, contract.name));
    },
  ),
  DELETE: route(
    { access: 'write', params: idParams, query: nothing, body: nothing, status: 204 },
    async ({ caller, params: { id } }) => deleteWebhook(caller, await findWebhook(caller, id, contract.name)),
  ),
});
