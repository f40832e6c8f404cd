import { recruiter } from '@/lib/http/family';
import { toResponse } from '@/lib/http/route';
import { Problem } from '@/lib/webhooks/errors';

/** A client that mistyped a path reads JSON as everywhere, not a page for people. */
function nowhere(): Response {
  return toResponse(
    recruiter,
    new Problem('not_found', 'There is nothing at this address. Check the path; the README lists the calls.'),
  );
}

export { nowhere as DELETE, nowhere as GET, nowhere as PATCH, nowhere as POST, nowhere as PUT };
