import { CONTRACTS } from '@/lib/contracts';
import { skilloraFamily } from '@/lib/http/families/skillora';
import { idParams, methods, nothing, route } from '@/lib/http/route';
import { rotateSecret } from '@/lib/manage/change-webhook';
import { findWebhook } from '@/lib/manage/webhooks';
import { secondsOrNull } from '@/lib/present/delivery';
import { rotateBody } from '@/lib/shapes/skillora-input';

const contract = CONTRACTS.skillora;

export const { GET, POST, PUT, PATCH, DELETE } = methods(skilloraFamily, {
  POST: route(
    { access: 'write', params: idParams, query: nothing, body: rotateBody },
    async ({ caller, params: { id }, body }) => {
      const webhook = await findWebhook(caller, id, contract.name);
      const { secret, previousExpiresAt } = await rotateSecret(caller, webhook, body?.overlap_hours);
      return {
        status: 'success',
        message: 'Secret regenerated successfully',
        secret,
        previous_secret_expires_at: secondsOrNull(previousExpiresAt),
      };
    },
  ),
});
