import { CONTRACTS } from '@/lib/contracts';
import { smartHiringFamily } from '@/lib/http/families/smart-hiring';
import { idParams, methods, nothing, route } from '@/lib/http/route';
import { deliveryHistory } from '@/lib/manage/history';
import { findWebhook } from '@/lib/manage/webhooks';
import { presentDelivery } from '@/lib/present/smart-hiring';
import { deliveriesQuery } from '@/lib/shapes/smart-hiring-input';

const contract = CONTRACTS['smart-hiring'];

export const { GET, POST, PUT, PATCH, DELETE } = methods(smartHiringFamily, {
  GET: route(
    { access: 'read', params: idParams, query: deliveriesQuery, body: nothing },
    async ({ caller, params: { id }, query: { limit } }) => {
      await findWebhook(caller, id, contract.name);
      const rows = await deliveryHistory(caller, contract, { webhookId: id, limit });
      return { success: true, data: rows.map((row) => presentDelivery(contract, row)) };
    },
  ),
});
