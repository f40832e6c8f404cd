import { whoAmI } from '@/lib/accounts/me';
import { recruiter } from '@/lib/http/family';
import { methods, nothing, route } from '@/lib/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = methods(recruiter, {
  GET: route(
    { access: 'read', params: nothing, query: nothing, body: nothing },
    async ({ caller, request }) => ({ success: true, ...(await whoAmI(caller, request)) }),
  ),
});
