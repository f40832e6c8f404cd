import { CONTRACTS } from '@/lib/contracts';
import { hrIntelligenceFamily } from '@/lib/http/families/hr-intelligence';
import { idParams, methods, nothing, route } from '@/lib/http/route';
import { rotateSecret } from '@/lib/manage/change-webhook';
import { findWebhook } from '@/lib/manage/webhooks';
import { secondsOrNull } from '@/lib/present/delivery';
import { rotateBody } from '@/lib/shapes/hr-intelligence-input';

const contract = CONTRACTS['hr-intelligence'];

export const { GET, POST, PUT, PATCH, DELETE } = methods(hrIntelligenceFamily, {
  POST: route(
    { access: 'write', params: idParams, query: nothing, body: rotateBody },
    async ({ caller, params: { id }, body }) => {
      const webhook = await findWebhook(caller, id, contract.name);
      const { secret, previousExpiresAt } = await rotateSecret(caller, webhook, body?.overlap_hours);
      return { id, secret_key: secret, previous_secret_expires_at: secondsOrNull(previousExpiresAt) };
    },
  ),
});
