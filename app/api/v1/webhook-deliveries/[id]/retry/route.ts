import { CONTRACTS } from '@/lib/contracts';
import { skilloraFamily } from '@/lib/http/families/skillora';
import { idParams, methods, nothing, route } from '@/lib/http/route';
import { findDelivery } from '@/lib/manage/deliveries';
import { retryFailed } from '@/lib/manage/retry-failed';
import { presentSent } from '@/lib/present/skillora';

const contract = CONTRACTS.skillora;

export const { GET, POST, PUT, PATCH, DELETE } = methods(skilloraFamily, {
  POST: route(
    { access: 'write', params: idParams, query: nothing, body: nothing },
    async ({ caller, params: { id } }) => {
      const sent = await retryFailed(caller, contract, id);
      return presentSent(contract, 'Webhook', sent, await findDelivery(caller, id));
    },
  ),
});
