/** Which receivers may be entered and reached here: public ones, and private ones where the operator said so. */
import 'server-only';
import { env } from '@/lib/env';
import { type AddressPolicy, allowLoopback, allowPrivate, publicOnly } from './egress';

/** Embedded, this machine's own receivers may be tried; http only where nothing is hosted. */
export function targetRules(): { policy: AddressPolicy; allowHttp: boolean } {
  const { HIREHOOK_ALLOW_PRIVATE_TARGETS, SUPABASE_URL, DATABASE_URL } = env();
  const embedded = !SUPABASE_URL && !DATABASE_URL;
  const policy =
    HIREHOOK_ALLOW_PRIVATE_TARGETS === true
      ? allowPrivate
      : embedded && HIREHOOK_ALLOW_PRIVATE_TARGETS === undefined
        ? allowLoopback
        : publicOnly;
  return { policy, allowHttp: !SUPABASE_URL };
}
