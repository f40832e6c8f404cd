import { publisherOf } from '@/lib/accounts/publisher';
import { recruiter } from '@/lib/http/family';
import { acceptBatch } from '@/lib/http/publish';
import { methods } from '@/lib/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = methods(recruiter, {
  POST: () => (request) => acceptBatch(request, publisherOf),
});
