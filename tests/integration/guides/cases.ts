/** Deliveries that a sample must take or refuse: made by the engine, or by Python and OpenSSL. */
import { EVENT_TYPES, findEvent } from '@/lib/catalogue';
import { CONTRACTS, findOffer } from '@/lib/contracts';
import type { Contract, ContractName } from '@/lib/contracts/contract';
import { renderBody } from '@/lib/webhooks/render';
import { signedHeaders } from '@/lib/webhooks/sign';
import { deliveryVectors } from '../../support/vectors';
import { secretKind } from './generate/samples';
import { specimen, specimenSecret } from './generate/specimen';

export interface Case {
  readonly label: string;
  readonly check: 'own' | 'standard';
  readonly bodyBase64: string;
  /** The headers as they came; null for one that did not. */
  readonly signature: string | null;
  readonly id: string | null;
  readonly timestamp: string | null;
  readonly secret: string;
  /** The receiver's clock, in seconds. */
  readonly now: number;
  readonly genuine: boolean;
}

interface Received {
  readonly label: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Newest first. */
  readonly secrets: readonly string[];
}

function received(contract: Contract): Received[] {
  const secrets = [specimenSecret(contract), specimenSecret(contract, 'before')];
  const attemptedAt = new Date('2026-02-03T04:05:06Z');
  const own = EVENT_TYPES.filter((type) => findOffer(contract, type)).map((type, index) => {
    const deliveryId = `019be550-2a40-7e8a-9b51-${String(index).padStart(12, '0')}`;
    const body = renderBody(contract, {
      event: { type, data: findEvent(type)?.sample, occurredAt: attemptedAt, userId: 'user-1' },
      deliveryId,
      webhookId: '019be52a-44d8-7c31-a7f4-30d9c6b1e802',
    });
    const headers = signedHeaders(contract, { body, deliveryId, attemptedAt, secrets });
    return { label: `${type} of the engine`, body, headers, secrets };
  });
  const vectors = deliveryVectors
    .filter((vector) => vector.contract === contract.name)
    .map(({ name, body, headers, secrets }) => ({ label: `vector: ${name}`, body, headers, secrets }));
  const shown = specimen(contract);
  return [...own, ...vectors, { label: 'the delivery in the guide', ...shown, secrets: [shown.secret] }];
}

/** Whether a secret is of a form that the contract hands out, so that its samples must know it. */
function isOurs(contract: Contract, secret: string): boolean {
  return (
    secretKind(contract) === 'either' || (secretKind(contract) === 'encoded') === secret.startsWith('whsec_')
  );
}

function variants(contract: Contract, { label, body, headers, secrets }: Received): Case[] {
  const [newest = '', ...older] = secrets;
  const timestamp = headers['webhook-timestamp'] ?? '';
  const genuine = {
    bodyBase64: Buffer.from(body).toString('base64'),
    id: headers['webhook-id'] ?? '',
    timestamp,
    secret: newest,
    now: Number(timestamp),
    genuine: true,
  };
  const standard = { ...genuine, check: 'standard', signature: headers['webhook-signature'] ?? '' } as const;
  const own = {
    ...genuine,
    check: 'own',
    signature: headers[contract.signature?.header ?? ''] ?? '',
  } as const;
  const changed = Buffer.from(body.replace(/.$/, ' }')).toString('base64');
  const flipped = Buffer.from(body);
  flipped[20] = (flipped[20] ?? 0) ^ 1;
  const [newestEntry = ''] = standard.signature.split(' ');
  const refused = (what: string, from: typeof own | typeof standard, change: Partial<Case>): Case => ({
    ...from,
    ...change,
    label: `${label}: ${what}`,
    genuine: false,
  });
  const common = [own, standard].flatMap((from) => [
    { ...from, label },
    refused('a blank more', from, { bodyBase64: changed }),
    refused('a bit flipped', from, { bodyBase64: flipped.toString('base64') }),
    refused('no body', from, { bodyBase64: '' }),
    refused("somebody else's secret", from, { secret: specimenSecret(contract, 'other') }),
    refused('no signature', from, { signature: null }),
    refused('an empty signature', from, { signature: '' }),
    refused('a signature cut short', from, { signature: newestEntry.slice(0, 12) }),
    refused('a signature of something else', from, { signature: 'sha256=é v1,é v1' }),
  ]);
  const cases = [
    ...common,
    ...older
      .filter((secret) => isOurs(contract, secret))
      .flatMap((secret) => [
        { ...standard, label: `${label}: the older secret, while it overlaps`, secret },
        refused('the older secret, when it has ended', standard, { secret, signature: newestEntry }),
        refused('the older secret', own, { secret }),
      ]),
    { ...standard, label: `${label}: 299 s late`, now: genuine.now + 299 },
    { ...standard, label: `${label}: 299 s early`, now: genuine.now - 299 },
    { ...standard, label: `${label}: after other entries`, signature: `v1a,AAAA v2,BBBB ${newestEntry}` },
    refused('301 s late', standard, { now: genuine.now + 301 }),
    refused('301 s early', standard, { now: genuine.now - 301 }),
    refused('another id', standard, { id: `${genuine.id}0` }),
    refused('another time', standard, { timestamp: String(genuine.now + 1) }),
    refused('no time', standard, { timestamp: null }),
    refused('a time that is none', standard, { timestamp: `${timestamp}.0x` }),
    refused('no id', standard, { id: null }),
    refused('another version', standard, { signature: newestEntry.replace('v1,', 'v2,') }),
  ];
  return cases.filter(({ check }) => contract.signature !== null || check === 'standard');
}

/** Every case of a contract: hundreds, of which one in four is genuine. */
export function casesOf(name: ContractName): Case[] {
  const contract = CONTRACTS[name];
  return received(contract).flatMap((one) => variants(contract, one));
}
