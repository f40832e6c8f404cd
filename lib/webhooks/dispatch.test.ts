import { describe, expect, it } from 'vitest';
import type { Room } from './database';
import { createDispatcher } from './dispatch';
import type { ClaimAnswer, LeasedDelivery, Outcome } from './types';

const target = {
  organization_id: 'o',
  contract: 'bpoc',
  url: 'http://a/',
  headers: {},
  secrets: ['s'],
} as const;
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

function rowOf(id: string, webhookId: string): ClaimAnswer['deliveries'][number] {
  return {
    id,
    webhook_id: webhookId,
    event_id: 'e',
    number: 1,
    is_test: false,
    body: null,
    type: 'offer.sent',
    user_id: null,
    occurred_at: '2026-01-01T00:00:00Z',
    data: '{}',
  };
}

function outcomeOf({ id, token, number }: LeasedDelivery, more: Partial<Outcome> = {}): Outcome {
  return {
    id,
    token,
    number,
    status: 'success',
    started_at: '',
    duration_ms: 1,
    url: '',
    status_code: 200,
    error_class: null,
    error: null,
    address: null,
    request_headers: {},
    response_headers: {},
    response_body: '',
    response_truncated: false,
    ...more,
  };
}

/** A dispatcher over a queue, whose sends and recordings end when the test says. */
function harness(
  options: {
    places?: number;
    queue?: string[];
    initial?: number;
    autoSend?: boolean;
    wait?: number;
    patienceMs?: number;
  } = {},
) {
  const queue = [...(options.queue ?? [])];
  const sends = new Map<string, (outcome?: Partial<Outcome>) => void>();
  const records = new Map<string, () => void>();
  const released: string[] = [];
  const rooms: Room[] = [];
  let holdRecords = false;
  let most = 0;
  const dispatcher = createDispatcher({
    places: options.places ?? 4,
    queue: options.wait,
    patienceMs: options.patienceMs,
    lanes: { initial: options.initial ?? 4, min: 1, max: 8 },
    ownRetriesWithinMs: 60_000,
    log,
    database: {
      claim: async (room) => {
        rooms.push(room);
        const fits = Math.min(room.total, room.byWebhook.w ?? room.perWebhook);
        const taken = queue.splice(0, fits);
        return {
          token: 't',
          deliveries: taken.map((id) => rowOf(id, 'w')),
          webhooks: { w: { ...target, secrets: ['s'] } },
          cursor: null,
          more: queue.length > 0,
        };
      },
      release: async (held) => {
        released.push(...held.map(({ id }) => id));
        return held.length;
      },
    },
    deliver: (delivery, signal) =>
      new Promise((resolve) => {
        const end = (more?: Partial<Outcome>) => {
          sends.delete(delivery.id);
          resolve(outcomeOf(delivery, more));
        };
        sends.set(delivery.id, end);
        most = Math.max(most, sends.size);
        signal.addEventListener('abort', () => end({ status: 'retrying', status_code: null }));
        if (options.autoSend) setTimeout(end, 1);
      }),
    record: (outcome) =>
      holdRecords
        ? new Promise((resolve) => records.set(outcome.id, () => resolve(true)))
        : Promise.resolve(true),
  });
  return {
    dispatcher,
    sends,
    records,
    released,
    rooms,
    queue,
    most: () => most,
    holdRecords: () => {
      holdRecords = true;
    },
  };
}

const soon = () => new Promise((done) => setTimeout(done, 5));
const names = (count: number) => Array.from({ length: count }, (_, n) => `d${n}`);

describe('places', () => {
  it('bound what is under way, and are filled again as they free up', async () => {
    const { dispatcher, most, queue } = harness({ places: 4, queue: names(50), autoSend: true });
    await dispatcher.pump();
    await expect.poll(() => queue.length + dispatcher.underWay).toBe(0);
    expect(most()).toBeGreaterThan(1);
    expect(most()).toBeLessThanOrEqual(4);
  });

  it('are kept for a call that leases for them', async () => {
    const { dispatcher } = harness({ places: 4 });
    const seen: number[] = [];
    await dispatcher.withRoom(3, async (room) => {
      seen.push(room.total);
      await dispatcher.withRoom(3, async (inner) => seen.push(inner.total));
    });
    await dispatcher.withRoom(9, async (room) => seen.push(room.total));
    expect(seen).toEqual([3, 1, 4]);
  });

  it('that a call kept are given to who found none, once it is over', async () => {
    const { dispatcher, queue } = harness({ places: 4, queue: names(2), autoSend: true });
    await dispatcher.withRoom(4, async () => {
      await dispatcher.pump();
      expect(queue).toHaveLength(2);
    });
    await expect.poll(() => queue).toEqual([]);
  });

  it('a full lane is gone on with as soon as one of its own ends', async () => {
    const { dispatcher, sends, queue } = harness({ places: 10, initial: 2, queue: names(3) });
    await dispatcher.pump();
    expect([...sends.keys()]).toEqual(['d0', 'd1']);
    sends.get('d0')?.();
    await expect.poll(() => [...sends.keys()]).toEqual(['d1', 'd2']);
    expect(queue).toEqual([]);
    for (const end of sends.values()) end();
  });

  it('of a delivery that a person waits for are not counted', async () => {
    const { dispatcher, sends } = harness({ places: 0 });
    const sent = dispatcher.send({ ...outcomeTarget, id: 'p', token: 't' });
    await soon();
    sends.get('p')?.();
    expect(await sent).toMatchObject({ id: 'p', status: 'success' });
  });
});

const outcomeTarget: LeasedDelivery = {
  id: 'x',
  token: 't',
  number: 1,
  webhookId: 'w',
  isTest: false,
  event: { type: 'offer.sent', userId: null, occurredAt: '2026-01-01T00:00:00Z', data: '{}' },
  body: null,
  target: { ...target, secrets: ['s'] },
};

describe('what waits', () => {
  it('is sent when its turn comes, and given back when that is too late for its lease', async () => {
    const { dispatcher, sends, released } = harness({ places: 2, initial: 1, wait: 8, patienceMs: 40 });
    const taken = dispatcher.take(names(4).map((id) => ({ ...outcomeTarget, id, token: `token ${id}` })));
    await soon();
    expect([...sends.keys()]).toEqual(['d0']);
    expect(dispatcher.underWay).toBe(4);
    sends.get('d0')?.();
    await expect.poll(() => [...sends.keys()]).toEqual(['d1', 'd2']);
    await new Promise((done) => setTimeout(done, 60));
    for (const end of [...sends.values()]) end();
    await expect.poll(() => released).toEqual(['d3']);
    expect(await taken).toMatchObject({ claimed: 4, succeeded: 3 });
  });

  it('is given back at once on a stop', async () => {
    const { dispatcher, sends, released } = harness({ places: 1, initial: 1, wait: 8 });
    void dispatcher.take(names(3).map((id) => ({ ...outcomeTarget, id, token: `token ${id}` })));
    await soon();
    const stopped = dispatcher.stop(1000);
    await expect.poll(() => released).toEqual(['d1', 'd2']);
    sends.get('d0')?.();
    await stopped;
    expect(released).toEqual(['d1', 'd2']);
  });
});

describe('stop', () => {
  it('takes nothing more, and gives back what is still being sent', async () => {
    const { dispatcher, released, queue, rooms } = harness({ places: 2, queue: names(5) });
    await dispatcher.pump();
    await dispatcher.stop(20);
    expect(released.sort()).toEqual(['d0', 'd1']);
    const claims = rooms.length;
    await dispatcher.pump();
    expect(await dispatcher.withRoom(5, async (room) => room.total)).toBe(0);
    expect(rooms).toHaveLength(claims);
    expect(queue).toEqual(['d2', 'd3', 'd4']);
  });

  it('waits for what ends within the grace, and gives nothing back', async () => {
    const { dispatcher, released, sends } = harness({ places: 2, queue: names(2) });
    await dispatcher.pump();
    const stopped = dispatcher.stop(1000);
    for (const end of [...sends.values()]) end();
    await stopped;
    expect(released).toEqual([]);
  });

  it('keeps the lease of what was answered and is being recorded, and waits for it', async () => {
    const { dispatcher, released, sends, records, holdRecords } = harness({ places: 2, queue: names(2) });
    holdRecords();
    await dispatcher.pump();
    sends.get('d0')?.({ status: 'retrying', status_code: 500, retry_ms: 60_000 });
    await soon();
    let ended = false;
    const stopped = dispatcher.stop(10).then(() => {
      ended = true;
    });
    await expect.poll(() => released).toEqual(['d1']);
    expect(ended).toBe(false);
    records.get('d0')?.();
    await stopped;
    expect(released).toEqual(['d1']);
  });
});
