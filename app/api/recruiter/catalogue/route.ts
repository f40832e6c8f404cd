import { recruiter } from '@/lib/http/family';
import { methods, nothing, route } from '@/lib/http/route';
import { catalogue } from '@/lib/present/catalogue';

export const { GET, POST, PUT, PATCH, DELETE } = methods(recruiter, {
  GET: route({ access: 'read', params: nothing, query: nothing, body: nothing }, async () => catalogue),
});
