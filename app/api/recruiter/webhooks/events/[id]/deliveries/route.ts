import { recruiter } from '@/lib/http/family';
import { idParams, methods, nothing, route } from '@/lib/http/route';
import { listEventDeliveries } from '@/lib/manage/deliveries';
import { findEventRow } from '@/lib/manage/events';
import { presentDelivery } from '@/lib/present/recruiter';
import { Problem } from '@/lib/webhooks/errors';

export const { GET, POST, PUT, PATCH, DELETE } = methods(recruiter, {
  GET: route(
    { access: 'read', params: idParams, query: nothing, body: nothing },
    async ({ caller, params: { id } }) => {
      if (!(await findEventRow(caller, id))) throw new Problem('not_found', 'There is no such event.');
      const deliveries = await listEventDeliveries(caller, id);
      return { success: true, deliveries: deliveries.map(presentDelivery) };
    },
  ),
});
