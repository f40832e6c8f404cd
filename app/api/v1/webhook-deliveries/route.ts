import { CONTRACTS } from '@/lib/contracts';
import { skilloraFamily } from '@/lib/http/families/skillora';
import { checkParams, idParams, methods, nothing, route } from '@/lib/http/route';
import { deliveryHistory } from '@/lib/manage/history';
import { findWebhook } from '@/lib/manage/webhooks';
import { statusesFor } from '@/lib/present/delivery';
import { presentDelivery } from '@/lib/present/skillora';
import { deliveriesQuery } from '@/lib/shapes/skillora-input';

const contract = CONTRACTS.skillora;

export const { GET, POST, PUT, PATCH, DELETE } = methods(skilloraFamily, {
  GET: route(
    { access: 'read', params: nothing, query: deliveriesQuery, body: nothing },
    async ({ caller, query: { endpoint_id: webhookId, status, limit, offset } }) => {
      if (webhookId !== undefined)
        await findWebhook(caller, checkParams(idParams, { id: webhookId }).id, contract.name);
      const statuses = status && statusesFor(status);
      const rows = await deliveryHistory(caller, contract, { webhookId, statuses, limit, offset });
      return rows.map((row) => presentDelivery(contract, row));
    },
  ),
});
