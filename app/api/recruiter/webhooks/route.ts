import { CONTRACTS } from '@/lib/contracts';
import { recruiter } from '@/lib/http/family';
import { methods, nothing, route } from '@/lib/http/route';
import { createWebhook } from '@/lib/manage/change-webhook';
import { getWebhook, listWebhooks } from '@/lib/manage/webhooks';
import { presentWebhook } from '@/lib/present/recruiter';
import { createWebhookBody } from '@/lib/shapes/recruiter-input';

export const { GET, POST, PUT, PATCH, DELETE } = methods(recruiter, {
  GET: route({ access: 'read', params: nothing, query: nothing, body: nothing }, async ({ caller }) => ({
    success: true,
    webhooks: (await listWebhooks(caller)).map(presentWebhook),
  })),
  POST: route(
    { access: 'write', params: nothing, query: nothing, body: createWebhookBody, status: 201 },
    async ({ caller, body: { contract, is_active: isActive, ...input } }) => {
      const { id, secret } = await createWebhook(caller, CONTRACTS[contract], { ...input, isActive });
      return { success: true, webhook: { ...presentWebhook(await getWebhook(caller, id)), secret } };
    },
  ),
});
