import { CONTRACTS } from '@/lib/contracts';
import { skilloraFamily } from '@/lib/http/families/skillora';
import { methods, nothing, route } from '@/lib/http/route';
import { createWebhook } from '@/lib/manage/change-webhook';
import { getWebhook, listWebhooks } from '@/lib/manage/webhooks';
import { presentEndpoint } from '@/lib/present/skillora';
import { createBody, pageQuery } from '@/lib/shapes/skillora-input';

const contract = CONTRACTS.skillora;

export const { GET, POST, PUT, PATCH, DELETE } = methods(skilloraFamily, {
  GET: route(
    { access: 'read', params: nothing, query: pageQuery, body: nothing },
    async ({ caller, query }) =>
      (await listWebhooks(caller, { ...query, contract: contract.name })).map(presentEndpoint),
  ),
  POST: route(
    { access: 'write', params: nothing, query: nothing, body: createBody, status: 201 },
    async ({ caller, body: { is_active: isActive, ...input } }) => {
      const { id, secret } = await createWebhook(caller, contract, { ...input, isActive });
      return { ...presentEndpoint(await getWebhook(caller, id, contract.name)), secret };
    },
  ),
});
