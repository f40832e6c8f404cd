import 'server-only';
import { log } from '@/lib/log';
import { engine } from './engine';
import { Problem } from './errors';
import { later } from './later';
import type { EventInput, PublishedEvent } from './publish';

/**
 * Publishes an event for code that must not wait for it, nor fail with it: goes on after the response, never rejects.
 * Resolves with what was published, or undefined when it was not; why is logged.
 */
export function publishInBackground(
  event: EventInput & { organizationId: string },
): Promise<PublishedEvent | undefined> {
  const { organizationId, ...input } = event;
  const work = (async () => {
    try {
      const [published] = await engine().publish({ organizationId }, [input]);
      if (!(published instanceof Problem)) return published;
      log.error({ type: event.type, organizationId, problem: published.message }, 'event not published');
    } catch (error) {
      log.error({ type: event.type, organizationId, error: String(error) }, 'event not published');
    }
    return undefined;
  })();
  later(work);
  return work;
}
