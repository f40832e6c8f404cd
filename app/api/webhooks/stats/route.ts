import { CONTRACTS } from '@/lib/contracts';
import { rolereadyFamily } from '@/lib/http/families/roleready';
import { methods, nothing, route } from '@/lib/http/route';
import { averageAttempts, webhookEventTotals } from '@/lib/manage/statistics';
import { getOwnWebhook, getWebhook } from '@/lib/manage/webhooks';
import { presentStats } from '@/lib/present/roleready';

const contract = CONTRACTS.roleready;

export const { GET, POST, PUT, PATCH, DELETE } = methods(rolereadyFamily, {
  GET: route({ access: 'read', params: nothing, query: nothing, body: nothing }, async ({ caller }) => {
    const { id } = await getOwnWebhook(caller, contract.name);
    const view = await getWebhook(caller, id, contract.name);
    const [byEvent, average] = await Promise.all([
      webhookEventTotals(caller, id),
      averageAttempts(caller, view),
    ]);
    return presentStats(contract, view.totals, byEvent, average);
  }),
});
