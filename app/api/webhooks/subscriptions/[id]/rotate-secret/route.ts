import { CONTRACTS } from '@/lib/contracts';
import { smartHiringFamily } from '@/lib/http/families/smart-hiring';
import { idParams, methods, nothing, route } from '@/lib/http/route';
import { rotateSecret } from '@/lib/manage/change-webhook';
import { findWebhook } from '@/lib/manage/webhooks';
import { secondsOrNull } from '@/lib/present/delivery';
import { rotateBody } from '@/lib/shapes/smart-hiring-input';

const contract = CONTRACTS['smart-hiring'];

export const { GET, POST, PUT, PATCH, DELETE } = methods(smartHiringFamily, {
  POST: route(
    { access: 'write', params: idParams, query: nothing, body: rotateBody },
    async ({ caller, params: { id }, body }) => {
      const webhook = await findWebhook(caller, id, contract.name);
      const { secret, previousExpiresAt } = await rotateSecret(caller, webhook, body?.overlap_hours);
      return {
        success: true,
        data: { id, secret, previous_secret_expires_at: secondsOrNull(previousExpiresAt) },
        message: 'Webhook secret rotated successfully',
      };
    },
  ),
});
