import { recruiter } from '@/lib/http/family';
import { methods, nothing, route } from '@/lib/http/route';
import { listEvents } from '@/lib/manage/events';
import { presentEvent } from '@/lib/present/recruiter';
import { eventsQuery } from '@/lib/shapes/recruiter-input';

export const { GET, POST, PUT, PATCH, DELETE } = methods(recruiter, {
  GET: route(
    { access: 'read', params: nothing, query: eventsQuery, body: nothing },
    async ({ caller, query: { type, limit, cursor } }) => {
      const { events, nextCursor } = await listEvents(caller, {
        types: type ? [type] : undefined,
        // What people sent to try a webhook did not happen in their hiring.
        isTest: false,
        limit,
        cursor,
      });
      return { success: true, events: events.map(presentEvent), nextCursor };
    },
  ),
});
