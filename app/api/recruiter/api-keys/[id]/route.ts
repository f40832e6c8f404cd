import { recruiter } from '@/lib/http/family';
import { idParams, methods, nothing, route } from '@/lib/http/route';
import { revokeApiKey } from '@/lib/manage/api-keys';

export const { GET, POST, PUT, PATCH, DELETE } = methods(recruiter, {
  DELETE: route(
    { access: 'write', params: idParams, query: nothing, body: nothing },
    async ({ caller, params: { id } }) => {
      await revokeApiKey(caller, id);
      return { success: true };
    },
  ),
});
