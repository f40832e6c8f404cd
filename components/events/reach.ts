import type { Tone } from '@/components/ui/badge';
import { countOf } from '@/components/webhooks/model/webhook-view';
import type { PublishedEvent } from '@/lib/shapes/recruiter';

type Reached = Pick<PublishedEvent, 'deliveries' | 'deliveries_by_status'>;

/** How far an event got, in a few words: the worst that any of its deliveries has to say. */
export function reach({ deliveries, deliveries_by_status: by }: Reached): { tone: Tone; label: string } {
  if (deliveries === 0) return { tone: 'plain', label: 'Nobody asked for it' };
  const { failed = 0, held = 0, retrying = 0, pending = 0 } = by;
  const webhooks = countOf(deliveries, 'webhook');
  if (failed > 0) return { tone: 'bad', label: `Failed for ${failed} of ${webhooks}` };
  if (retrying > 0) return { tone: 'warn', label: `Trying again for ${retrying} of ${webhooks}` };
  if (pending > 0) return { tone: 'info', label: `On its way to ${webhooks}` };
  if (held > 0) return { tone: 'held', label: `Held for ${held} of ${webhooks}` };
  return { tone: 'ok', label: `Told to ${webhooks}` };
}
