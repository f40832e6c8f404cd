import { CONTRACTS } from '@/lib/contracts';
import { rolereadyFamily } from '@/lib/http/families/roleready';
import { methods, nothing, route } from '@/lib/http/route';
import { deleteWebhook } from '@/lib/manage/change-webhook';
import { saveOwnWebhook } from '@/lib/manage/save-own-webhook';
import { findOwnWebhook, getOwnWebhook } from '@/lib/manage/webhooks';
import { presentConfig, presentConfiguration } from '@/lib/present/roleready';
import { configBody } from '@/lib/shapes/roleready-input';

const contract = CONTRACTS.roleready;

export const { GET, POST, PUT, PATCH, DELETE } = methods(rolereadyFamily, {
  GET: route({ access: 'read', params: nothing, query: nothing, body: nothing }, async ({ caller }) =>
    presentConfiguration(contract, await findOwnWebhook(caller, contract.name)),
  ),
  POST: route(
    { access: 'write', params: nothing, query: nothing, body: configBody },
    async ({ caller, body: { url, enabled: isActive, enabledEvents: events } }) => {
      const { secret } = await saveOwnWebhook(caller, contract, { url, events, isActive });
      const config = presentConfig(await getOwnWebhook(caller, contract.name));
      return {
        success: true,
        config: { ...config, ...(secret !== null && { secret }) },
        message: 'Webhook configuration saved successfully',
      };
    },
  ),
  DELETE: route({ access: 'write', params: nothing, query: nothing, body: nothing }, async ({ caller }) => {
    await deleteWebhook(caller, await getOwnWebhook(caller, contract.name));
    return { success: true, message: 'Webhook configuration deleted successfully' };
  }),
});
