/** Deliveries that a person asks for: a test, and a delivery once more. Both answer with what came back. */

import { findEvent, TEST_EVENT_TYPE } from '@/lib/catalogue';
import { CONTRACTS } from '@/lib/contracts';
import type { ContractName } from '@/lib/contracts/contract';
import { DatabaseError, type EngineDatabase } from './database';
import type { Dispatcher } from './dispatch';
import { Problem } from './errors';
import { leasedFrom } from './leased';
import { leaseMs } from './retry';
import type { Clock, LeasedDelivery, Outcome } from './types';

export interface ResendOptions {
  database: Pick<EngineDatabase, 'publishTest' | 'lease'>;
  dispatcher: Pick<Dispatcher, 'send'>;
  clock: Clock;
  newId(at: Date): string;
}

/** What a person sees of an attempt that they asked for. */
export interface Sent {
  deliveryId: string;
  outcome: Outcome;
}

function asProblem(error: unknown): unknown {
  if (!(error instanceof DatabaseError)) return error;
  const words = error.message.replace(/^\w+: /, '');
  if (error.code === 'PT404') return new Problem('not_found', words);
  if (error.code === 'PT409') return new Problem('conflict', words);
  return error;
}

export function createResender(options: ResendOptions) {
  const { database, dispatcher, clock } = options;

  async function send(delivery: LeasedDelivery): Promise<Sent> {
    const outcome = await dispatcher.send(delivery);
    if (!outcome) throw new Problem('unavailable', 'The delivery was not attempted; it will be, shortly.');
    return { deliveryId: delivery.id, outcome };
  }

  return {
    /**
     * Sends a test to one webhook, on or off: a plain test event, or the sample of a catalogue event.
     * Throws a Problem: not_found, validation_failed (no such event type).
     */
    async test(
      organizationId: string,
      webhook: { id: string; contract: ContractName; userId: string | null },
      eventType: string = TEST_EVENT_TYPE,
    ): Promise<Sent> {
      const contract = CONTRACTS[webhook.contract];
      const sample =
        eventType === TEST_EVENT_TYPE ? { message: contract.test.message } : findEvent(eventType)?.sample;
      if (!sample)
        throw new Problem('validation_failed', `${eventType} is no event type.`, {
          eventType: ['There is no such event type.'],
        });
      const now = clock.now();
      const event = {
        id: options.newId(now),
        type: eventType,
        data: JSON.stringify(sample),
        occurred_at: now.toISOString(),
        user_id: webhook.userId,
      };
      const leased = await database
        .publishTest(organizationId, webhook.id, event, leaseMs(contract))
        .catch((error) => {
          throw asProblem(error);
        });
      const target = leased.webhooks[webhook.id];
      if (!target) throw new Problem('not_found', 'No such webhook.');
      return send({
        id: leased.id,
        token: leased.token,
        number: 1,
        webhookId: webhook.id,
        isTest: true,
        event: { type: eventType, userId: webhook.userId, occurredAt: event.occurred_at, data: event.data },
        body: null,
        target,
      });
    },

    /** Sends a delivery once more, now. Throws a Problem: not_found, conflict (being sent, webhook off or deleted). */
    async resend(organizationId: string, deliveryId: string): Promise<Sent> {
      const leased = await database.lease(organizationId, deliveryId).catch((error) => {
        throw asProblem(error);
      });
      const [delivery] = leasedFrom(leased);
      if (!delivery) throw new Problem('not_found', 'No such delivery.');
      return send(delivery);
    },
  };
}
