import { CONTRACTS } from '@/lib/contracts';
import { smartHiringFamily } from '@/lib/http/families/smart-hiring';
import { methods, nothing, route } from '@/lib/http/route';
import { createWebhook } from '@/lib/manage/change-webhook';
import { findWebhook, listWebhooks } from '@/lib/manage/webhooks';
import { presentSubscription } from '@/lib/present/smart-hiring';
import { createBody } from '@/lib/shapes/smart-hiring-input';

const contract = CONTRACTS['smart-hiring'];

export const { GET, POST, PUT, PATCH, DELETE } = methods(smartHiringFamily, {
  GET: route({ access: 'read', params: nothing, query: nothing, body: nothing }, async ({ caller }) => ({
    success: true,
    data: (await listWebhooks(caller, { contract: contract.name })).map(({ webhook }) =>
      presentSubscription(webhook),
    ),
    message: 'Webhook subscriptions retrieved successfully',
  })),
  POST: route(
    { access: 'write', params: nothing, query: nothing, body: createBody, status: 201 },
    async ({ caller, body: { active: isActive, ...input } }) => {
      const { id, secret } = await createWebhook(caller, contract, { ...input, isActive });
      const webhook = await findWebhook(caller, id, contract.name);
      return {
        success: true,
        data: { ...presentSubscription(webhook), secret },
        message: 'Webhook subscription created successfully',
      };
    },
  ),
});
