import { CONTRACTS } from '@/lib/contracts';
import { rolereadyFamily } from '@/lib/http/families/roleready';
import { methods, nothing, route } from '@/lib/http/route';
import { sendTest } from '@/lib/manage/send-test';
import { getOwnWebhook } from '@/lib/manage/webhooks';
import { presentTest } from '@/lib/present/roleready';

const contract = CONTRACTS.roleready;

export const { GET, POST, PUT, PATCH, DELETE } = methods(rolereadyFamily, {
  POST: route({ access: 'write', params: nothing, query: nothing, body: nothing }, async ({ caller }) =>
    presentTest(await sendTest(caller, await getOwnWebhook(caller, contract.name))),
  ),
});
