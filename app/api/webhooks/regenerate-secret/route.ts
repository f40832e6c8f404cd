import { CONTRACTS } from '@/lib/contracts';
import { rolereadyFamily } from '@/lib/http/families/roleready';
import { methods, nothing, route } from '@/lib/http/route';
import { rotateSecret } from '@/lib/manage/change-webhook';
import { getOwnWebhook } from '@/lib/manage/webhooks';
import { secondsOrNull } from '@/lib/present/delivery';
import { rotateBody } from '@/lib/shapes/roleready-input';

const contract = CONTRACTS.roleready;

export const { GET, POST, PUT, PATCH, DELETE } = methods(rolereadyFamily, {
  POST: route(
    { access: 'write', params: nothing, query: nothing, body: rotateBody },
    async ({ caller, body }) => {
      const webhook = await getOwnWebhook(caller, contract.name);
      const { secret, previousExpiresAt } = await rotateSecret(caller, webhook, body?.overlapHours);
      return {
        success: true,
        message: 'Webhook secret regenerated successfully',
        secret,
        previousSecretExpiresAt: secondsOrNull(previousExpiresAt),
      };
    },
  ),
});
