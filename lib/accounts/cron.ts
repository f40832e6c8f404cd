import 'server-only';
import { createHash, timingSafeEqual } from 'node:crypto';
import { backend } from '@/lib/supabase/backend';
import { Problem } from '@/lib/webhooks/errors';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Lets the cron in by CRON_SECRET, compared in constant time; nobody where none is set. Throws a Problem. */
export async function requireCronSecret(request: Request): Promise<void> {
  const { cronSecret } = await backend();
  const given = request.headers.get('authorization') ?? '';
  const known = cronSecret !== undefined && timingSafeEqual(digest(given), digest(`Bearer ${cronSecret}`));
  if (!known) throw new Problem('unauthorized', 'Send the cron secret as Authorization: Bearer ….');
}
