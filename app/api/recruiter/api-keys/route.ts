import { recruiter } from '@/lib/http/family';
import { methods, nothing, route } from '@/lib/http/route';
import { createApiKey, listApiKeys } from '@/lib/manage/api-keys';
import { presentApiKey } from '@/lib/present/recruiter';
import { createApiKeyBody } from '@/lib/shapes/recruiter-input';

export const { GET, POST, PUT, PATCH, DELETE } = methods(recruiter, {
  GET: route({ access: 'read', params: nothing, query: nothing, body: nothing }, async ({ caller }) => ({
    success: true,
    api_keys: (await listApiKeys(caller)).map(presentApiKey),
  })),
  POST: route(
    { access: 'write', params: nothing, query: nothing, body: createApiKeyBody, status: 201 },
    async ({ caller, body }) => {
      const made = await createApiKey(caller, body);
      return { success: true, api_key: { ...presentApiKey(made), key: made.key } };
    },
  ),
});
