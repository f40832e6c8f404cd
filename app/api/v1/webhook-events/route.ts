import { CONTRACTS } from '@/lib/contracts';
import { skilloraFamily } from '@/lib/http/families/skillora';
import { methods, nothing, route } from '@/lib/http/route';
import { listEvents } from '@/lib/manage/events';
import { typeOf } from '@/lib/present/delivery';
import { presentEvent } from '@/lib/present/skillora';
import { eventsQuery } from '@/lib/shapes/skillora-input';

const contract = CONTRACTS.skillora;
const names = contract.events.map(({ subscription }) => subscription);

export const { GET, POST, PUT, PATCH, DELETE } = methods(skilloraFamily, {
  GET: route(
    { access: 'read', params: nothing, query: eventsQuery(names), body: nothing },
    async ({ caller, query: { event_type: name, limit, offset } }) => {
      const types = (name ? [name] : names).map((one) => typeOf(contract, one));
      const { events } = await listEvents(caller, { types, isTest: false, limit, offset });
      return events.map((event) => presentEvent(contract, event));
    },
  ),
});
