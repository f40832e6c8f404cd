import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { outcomeColumns } from '@/lib/webhooks/columns';
import { leasedFrom } from '@/lib/webhooks/leased';
import { behave, type Receiver, startReceiver } from '@/tests/receiver';
import { claim, outcomeOf } from './support/by-hand';
import { deliveriesOf, makeOrganization, makeWebhook, offerAccepted, onlyDelivery } from './support/tenant';
import { type ManualClock, manualClock, startWorker, type Worker } from './support/worker';
import { forget, openMemoryWorld, type World } from './support/world';

const DAY_MS = 86_400_000;

let world: World;
let receiver: Receiver;
let clock: ManualClock;
let worker: Worker;
let organization: string;

beforeAll(async () => {
  world = await openMemoryWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  receiver = await startReceiver();
  clock = manualClock();
  worker = startWorker(world, { clock });
  organization = await makeOrganization(world);
});
afterEach(async () => {
  await worker.close();
  await receiver.close();
  await forget(world);
});

const turn = (id: string, on: boolean) =>
  world.sql('update public.webhooks set is_active = $2::text::boolean where id = $1::uuid', [id, String(on)]);

async function stateOf(id: string) {
  const [row] = await world.sql(
    `select is_active, disabled_reason, headers::text, deleted_at is not null as deleted,
       (select count(*)::integer from public.webhook_secrets s where s.webhook_id = w.id) as secrets
     from public.webhooks w where id = $1::uuid`,
    [id],
  );
  return row;
}

async function recover(id: string, dryRun = false) {
  const { data, error } = await (await world.client()).rpc('recover_deliveries', {
    p_organization_id: organization,
    p_webhook_id: id,
    p_statuses: ['held', 'failed'],
    p_dry_run: dryRun,
    p_now: clock.databaseNow() ?? undefined,
  });
  return error ? error.code : data;
}

describe('a webhook that is off', () => {
  it('gets nothing; what is published is held, and recovering sends it once it is on', async () => {
    const webhook = await makeWebhook(world, organization, { url: receiver.url, isActive: false });
    await worker.publish(organization, offerAccepted(), offerAccepted());
    clock.advance(DAY_MS);
    expect((await worker.sweepOnce()).claimed).toBe(0);
    expect(receiver.requests).toHaveLength(0);
    expect(await deliveriesOf(world, webhook.id)).toMatchObject([
      { status: 'held', reason: 'webhook_off', due_in_s: null },
      { status: 'held', reason: 'webhook_off', due_in_s: null },
    ]);
    expect(await recover(webhook.id, true)).toBe(2);
    expect(await recover(webhook.id)).toBe('PT409');

    await turn(webhook.id, true);
    expect((await worker.sweepOnce()).claimed).toBe(0);
    expect(await recover(webhook.id)).toBe(2);
    expect(await deliveriesOf(world, webhook.id)).toMatchObject([
      { status: 'pending', reason: null },
      { status: 'pending', reason: null },
    ]);
    expect(await worker.sweepOnce()).toMatchObject({ claimed: 2, succeeded: 2 });
  });

  it('holds what was waiting for a retry when it went off', async () => {
    receiver.respond(500);
    const webhook = await makeWebhook(world, organization, { url: receiver.url });
    await worker.publish(organization, offerAccepted());
    await turn(webhook.id, false);
    expect(await onlyDelivery(world, webhook.id)).toMatchObject({ status: 'held', attempts: 1 });
    clock.advance(DAY_MS);
    expect((await worker.sweepOnce()).claimed).toBe(0);
    expect(receiver.requests).toHaveLength(1);
  });

  it('still gets a test', async () => {
    const webhook = await makeWebhook(world, organization, { url: receiver.url, isActive: false });
    const sent = await worker.resender.test(organization, { id: webhook.id, contract: 'bpoc', userId: null });
    expect(sent.outcome).toMatchObject({ status: 'success', status_code: 200 });
    expect(receiver.requests[0]?.headers['x-webhook-event']).toBe('test');
  });

  it('refuses a resend in words', async () => {
    const webhook = await makeWebhook(world, organization, { url: receiver.url });
    await worker.publish(organization, offerAccepted());
    const { id } = await onlyDelivery(world, webhook.id);
    await turn(webhook.id, false);
    await expect(worker.resender.resend(organization, id)).rejects.toMatchObject({
      code: 'conflict',
      message: 'This webhook is off: switch it on first.',
    });
  });

  it('takes the outcome of what was being sent when it went off: a success counts, a failure stays held', async () => {
    const webhook = await makeWebhook(world, organization, { url: receiver.url });
    const silent = startWorker(world, { clock, places: 0 });
    await silent.publish(organization, offerAccepted(), offerAccepted());
    await silent.close();
    const [first, second] = await claim(worker);
    if (!first || !second) throw new Error('two deliveries are due');
    await turn(webhook.id, false);
    await worker.database.record([outcomeOf(first, clock, 200), outcomeOf(second, clock, 500)]);
    const states = new Map((await deliveriesOf(world, webhook.id)).map((one) => [one.id, one]));
    expect(states.get(first.id)).toMatchObject({ status: 'success' });
    expect(states.get(second.id)).toMatchObject({ status: 'held', attempts: 1 });
  });
});

describe('switching off by itself', () => {
  it('happens after five days without a success in which 20 deliveries failed, not before', async () => {
    receiver.respond(500);
    const webhook = await makeWebhook(world, organization, { url: receiver.url });
    await worker.publish(organization, ...Array.from({ length: 19 }, () => offerAccepted()));
    clock.advance(5 * DAY_MS);
    await worker.sweepOnce();
    expect(await stateOf(webhook.id)).toMatchObject({ is_active: true });
    await worker.publish(organization, offerAccepted());
    expect(await stateOf(webhook.id)).toMatchObject({ is_active: false, disabled_reason: 'failing' });
    const statuses = (await deliveriesOf(world, webhook.id)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set(['held']));
    await turn(webhook.id, true);
    expect(await stateOf(webhook.id)).toMatchObject({ is_active: true, disabled_reason: null });
    await worker.publish(organization, offerAccepted());
    expect(await stateOf(webhook.id)).toMatchObject({ is_active: true });
  });

  it('does not happen within five days, nor when a success came in between', async () => {
    receiver.respond(500);
    const webhook = await makeWebhook(world, organization, { url: receiver.url });
    await worker.publish(organization, ...Array.from({ length: 30 }, () => offerAccepted()));
    clock.advance(5 * DAY_MS - 60_000);
    await worker.sweepOnce();
    receiver.respond(200);
    await worker.publish(organization, offerAccepted());
    receiver.respond(500);
    clock.advance(120_000);
    await worker.publish(organization, ...Array.from({ length: 30 }, () => offerAccepted()));
    expect(await stateOf(webhook.id)).toMatchObject({ is_active: true });
  });

  it('happens after 10 failed deliveries in a row where the contract says so', async () => {
    const webhook = await makeWebhook(world, organization, {
      url: receiver.url,
      contract: 'roleready',
      events: ['resume.parsed'],
    });
    const [row] = await world.sql(
      `select count(*)::integer as n from private.contract_events where contract = 'roleready'`,
    );
    expect(row).toMatchObject({ n: expect.any(Number) });
    const rules = { roleready: { consecutive: 10 } };
    const client = await world.client();
    const { sample } = (await import('@/lib/catalogue')).findEvent('resume.parsed') ?? { sample: {} };
    const silent = startWorker(world, { clock, places: 0 });
    await silent.publish(
      organization,
      ...Array.from({ length: 11 }, () => ({ type: 'resume.parsed', data: sample })),
    );
    await silent.close();
    const answer = await worker.database.claim({ total: 100, perWebhook: 100, byWebhook: {} }, null);
    const leased = leasedFrom(answer);
    expect(leased).toHaveLength(11);
    for (const [index, delivery] of leased.slice(0, 10).entries()) {
      expect(await stateOf(webhook.id)).toMatchObject({ is_active: true });
      const failed = { ...outcomeOf(delivery, clock, 500), status: 'failed' as const, reason: 'exhausted' };
      const { error } = await client.rpc('record_attempts', {
        ...outcomeColumns([failed]),
        p_rules: rules,
        p_now: clock.databaseNow() ?? undefined,
      });
      expect(error, `outcome ${index}`).toBeNull();
    }
    expect(await stateOf(webhook.id)).toMatchObject({ is_active: false, disabled_reason: 'failing' });
  });
});

describe('deleting', () => {
  it('ends what is open or held as failed, purges the secrets and headers, and keeps the history', async () => {
    receiver.respond(behave.inTurn(behave.status(200), behave.status(500)));
    const webhook = await makeWebhook(world, organization, { url: receiver.url, headers: { 'X-Team': 'a' } });
    await worker.publish(organization, offerAccepted());
    await worker.publish(organization, offerAccepted());
    const silent = startWorker(world, { clock, places: 0 });
    await silent.publish(organization, offerAccepted());
    await silent.close();
    await (await world.client()).rpc('delete_webhook', {
      p_organization_id: organization,
      p_webhook_id: webhook.id,
    });
    expect(await stateOf(webhook.id)).toMatchObject({ deleted: true, secrets: 0, headers: '{}' });
    expect((await deliveriesOf(world, webhook.id)).map(({ status, reason }) => [status, reason])).toEqual(
      expect.arrayContaining([
        ['success', null],
        ['failed', 'webhook_deleted'],
        ['failed', 'webhook_deleted'],
      ]),
    );
    clock.advance(DAY_MS);
    expect((await worker.sweepOnce()).claimed).toBe(0);
    const again = await worker.publish(organization, offerAccepted());
    expect(again).toMatchObject([{ deliveries: 0 }]);
  });
});
