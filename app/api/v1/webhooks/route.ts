import { CONTRACTS } from '@/lib/contracts';
import { hrIntelligenceFamily } from '@/lib/http/families/hr-intelligence';
import { methods, nothing, route } from '@/lib/http/route';
import { createWebhook } from '@/lib/manage/change-webhook';
import { getWebhook, listWebhooks } from '@/lib/manage/webhooks';
import { presentWebhook } from '@/lib/present/hr-intelligence';
import { createBody, listQuery } from '@/lib/shapes/hr-intelligence-input';

const contract = CONTRACTS['hr-intelligence'];

export const { GET, POST, PUT, PATCH, DELETE } = methods(hrIntelligenceFamily, {
  GET: route(
    { access: 'read', params: nothing, query: listQuery, body: nothing },
    async ({ caller, query: { skip: offset, limit, is_active: isActive } }) =>
      (await listWebhooks(caller, { contract: contract.name, isActive, offset, limit })).map(presentWebhook),
  ),
  POST: route(
    { access: 'write', params: nothing, query: nothing, body: createBody, status: 201 },
    async ({ caller, body: { is_active: isActive, ...input } }) => {
      const { id, secret } = await createWebhook(caller, contract, { ...input, isActive });
      return { ...presentWebhook(await getWebhook(caller, id, contract.name)), secret_key: secret };
    },
  ),
});
