import { CONTRACTS } from '@/lib/contracts';
import { skilloraFamily } from '@/lib/http/families/skillora';
import { idParams, methods, nothing, route } from '@/lib/http/route';
import { deleteWebhook, updateWebhook } from '@/lib/manage/change-webhook';
import { findWebhook, getWebhook } from '@/lib/manage/webhooks';
import { presentEndpoint } from '@/lib/present/skillora';
import { updateBody } from '@/lib/shapes/skillora-input';

const contract = CONTRACTS.skillora;

/** PUT changes what is sent and leaves the rest, as PATCH. */
const update = route(
  { access: 'write', params: idParams, query: nothing, body: updateBody },
  async ({ caller, params: { id }, body: { is_active: isActive, ...patch } }) => {
    await updateWebhook(caller, await findWebhook(caller, id, contract.name), { ...patch, isActive });
    return presentEndpoint(await getWebhook(caller, id, contract.name));
  },
);

export const { GET, POST, PUT, PATCH, DELETE } = methods(skilloraFamily, {
  GET: route(
    { access: 'read', params: idParams, query: nothing, body: nothing },
    async ({ caller, params: { id } }) => presentEndpoint(await getWebhook(caller, id, contract.name)),
  ),
  PUT: update,
  PATCH: update,
  DELETE: route(
    { access: 'write', params: idParams, query: nothing, body: nothing, status: 204 },
    async ({ caller, params: { id } }) => deleteWebhook(caller, await findWebhook(caller, id, contract.name)),
  ),
});
