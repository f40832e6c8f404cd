import { recruiter } from '@/lib/http/family';
import { idParams, methods, nothing, route } from '@/lib/http/route';
import { listDeliveries } from '@/lib/manage/deliveries';
import { findWebhook } from '@/lib/manage/webhooks';
import { presentDelivery } from '@/lib/present/recruiter';
import { deliveriesQuery } from '@/lib/shapes/recruiter-input';

export const { GET, POST, PUT, PATCH, DELETE } = methods(recruiter, {
  GET: route(
    { access: 'read', params: idParams, query: deliveriesQuery, body: nothing },
    async ({ caller, params: { id }, query: { status, event, limit, cursor } }) => {
      await findWebhook(caller, id);
      const filter = { statuses: status && [status], eventType: event, limit, cursor };
      const { deliveries, nextCursor } = await listDeliveries(caller, [id], filter);
      return { success: true, deliveries: deliveries.map(presentDelivery), nextCursor };
    },
  ),
});
