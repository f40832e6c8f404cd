import { CONTRACTS } from '@/lib/contracts';
import { skilloraFamily } from '@/lib/http/families/skillora';
import { idParams, methods, nothing, route } from '@/lib/http/route';
import { findDelivery } from '@/lib/manage/deliveries';
import { sendTest } from '@/lib/manage/send-test';
import { findWebhook } from '@/lib/manage/webhooks';
import { presentSent } from '@/lib/present/skillora';

const contract = CONTRACTS.skillora;

export const { GET, POST, PUT, PATCH, DELETE } = methods(skilloraFamily, {
  POST: route(
    { access: 'write', params: idParams, query: nothing, body: nothing },
    async ({ caller, params: { id } }) => {
      const sent = await sendTest(caller, await findWebhook(caller, id, contract.name));
      return presentSent(contract, 'Test webhook', sent, await findDelivery(caller, sent.deliveryId));
    },
  ),
});
