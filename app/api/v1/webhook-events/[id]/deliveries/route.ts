import { CONTRACTS, findOffer } from '@/lib/contracts';
import { skilloraFamily } from '@/lib/http/families/skillora';
import { idParams, methods, nothing, route } from '@/lib/http/route';
import { findEventRow } from '@/lib/manage/events';
import { deliveryHistory } from '@/lib/manage/history';
import { presentDelivery } from '@/lib/present/skillora';
import { pageQuery } from '@/lib/shapes/skillora-input';
import { Problem } from '@/lib/webhooks/errors';

const contract = CONTRACTS.skillora;

export const { GET, POST, PUT, PATCH, DELETE } = methods(skilloraFamily, {
  GET: route(
    { access: 'read', params: idParams, query: pageQuery, body: nothing },
    async ({ caller, params: { id }, query }) => {
      const event = await findEventRow(caller, id);
      const rows = event ? await deliveryHistory(caller, contract, { ...query, eventId: id }) : [];
      // Another contract's event is invisible; a test is there for those whom it was sent to.
      if (!event || (rows.length === 0 && !findOffer(contract, event.type)))
        throw new Problem('not_found', 'There is no such event.');
      return rows.map((row) => presentDelivery(contract, row));
    },
  ),
});
