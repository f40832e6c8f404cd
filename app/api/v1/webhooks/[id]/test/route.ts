import { CONTRACTS } from '@/lib/contracts';
import { hrIntelligenceFamily } from '@/lib/http/families/hr-intelligence';
import { idParams, methods, nothing, route } from '@/lib/http/route';
import { sendTest } from '@/lib/manage/send-test';
import { findWebhook } from '@/lib/manage/webhooks';
import { presentTest } from '@/lib/present/hr-intelligence';

const contract = CONTRACTS['hr-intelligence'];

export const { GET, POST, PUT, PATCH, DELETE } = methods(hrIntelligenceFamily, {
  POST: route(
    { access: 'write', params: idParams, query: nothing, body: nothing },
    async ({ caller, params: { id } }) =>
      presentTest(await sendTest(caller, await findWebhook(caller, id, contract.name))),
  ),
});
