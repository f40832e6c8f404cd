import { publisherOf } from '@/lib/accounts/publisher';
import { recruiter } from '@/lib/http/family';
import { acceptEvent } from '@/lib/http/publish';
import { methods } from '@/lib/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = methods(recruiter, {
  POST: () => (request) => acceptEvent(request, publisherOf),
});
