import { recruiter } from '@/lib/http/family';
import { idParams, methods, nothing, route } from '@/lib/http/route';
import { getDelivery } from '@/lib/manage/deliveries';
import { presentDetail } from '@/lib/present/recruiter';

export const { GET, POST, PUT, PATCH, DELETE } = methods(recruiter, {
  GET: route(
    { access: 'read', params: idParams, query: nothing, body: nothing },
    async ({ caller, params: { id } }) => ({
      success: true,
      delivery: presentDetail(await getDelivery(caller, id)),
    }),
  ),
});
