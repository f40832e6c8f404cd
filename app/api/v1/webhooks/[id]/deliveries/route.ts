import { CONTRACTS } from '@/lib/contracts';
import { hrIntelligenceFamily } from '@/lib/http/families/hr-intelligence';
import { idParams, methods, nothing, route } from '@/lib/http/route';
import { deliveryHistory } from '@/lib/manage/history';
import { findWebhook } from '@/lib/manage/webhooks';
import { presentDelivery } from '@/lib/present/hr-intelligence';
import { deliveriesQuery } from '@/lib/shapes/hr-intelligence-input';

const contract = CONTRACTS['hr-intelligence'];

export const { GET, POST, PUT, PATCH, DELETE } = methods(hrIntelligenceFamily, {
  GET: route(
    { access: 'read', params: idParams, query: deliveriesQuery, body: nothing },
    async ({ caller, params: { id }, query: { skip: offset, limit } }) => {
      await findWebhook(caller, id, contract.name);
      const rows = await deliveryHistory(caller, contract, { webhookId: id, offset, limit });
      return rows.map((row) => presentDelivery(contract, row));
    },
  ),
});
