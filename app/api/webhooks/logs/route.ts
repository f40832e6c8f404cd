import { CONTRACTS } from '@/lib/contracts';
import { rolereadyFamily } from '@/lib/http/families/roleready';
import { methods, nothing, route } from '@/lib/http/route';
import { countDeliveries, deliveryHistory } from '@/lib/manage/history';
import { getOwnWebhook } from '@/lib/manage/webhooks';
import { namesOf, typeOf } from '@/lib/present/delivery';
import { presentLog, presentPage, statusesOf } from '@/lib/present/roleready';
import { logsQuery } from '@/lib/shapes/roleready-input';

const contract = CONTRACTS.roleready;

export const { GET, POST, PUT, PATCH, DELETE } = methods(rolereadyFamily, {
  GET: route(
    { access: 'read', params: nothing, query: logsQuery(namesOf(contract)), body: nothing },
    async ({ caller, query: { limit, offset, event, success } }) => {
      const { id } = await getOwnWebhook(caller, contract.name);
      const filter = {
        eventTypes: event === undefined ? undefined : [typeOf(contract, event)],
        statuses: statusesOf(success),
      };
      const [rows, total] = await Promise.all([
        deliveryHistory(caller, contract, { ...filter, webhookId: id, limit, offset }),
        countDeliveries(caller, id, filter),
      ]);
      return {
        logs: rows.map((row) => presentLog(contract, row)),
        pagination: presentPage({ total, limit, offset }, rows.length),
      };
    },
  ),
});
