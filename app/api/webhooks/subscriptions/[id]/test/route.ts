import { CONTRACTS } from '@/lib/contracts';
import { smartHiringFamily } from '@/lib/http/families/smart-hiring';
import { idParams, methods, nothing, route } from '@/lib/http/route';
import { sendTest } from '@/lib/manage/send-test';
import { findWebhook } from '@/lib/manage/webhooks';
import { presentTest } from '@/lib/present/smart-hiring';

const contract = CONTRACTS['smart-hiring'];

export const { GET, POST, PUT, PATCH, DELETE } = methods(smartHiringFamily, {
  POST: route(
    { access: 'write', params: idParams, query: nothing, body: nothing },
    async ({ caller, params: { id } }) => {
      const data = presentTest(await sendTest(caller, await findWebhook(caller, id, contract.name)));
      const success = data.status === 'success';
      return {
        success,
        data,
        message: success ? 'Test webhook sent successfully' : 'Test webhook was not delivered',
      };
    },
  ),
});
