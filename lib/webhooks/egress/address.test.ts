import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AddressPolicy, allowLoopback, allowPrivate, publicOnly } from './address';

const POLICIES: readonly (readonly [string, AddressPolicy])[] = [
  ['publicOnly', publicOnly],
  ['allowLoopback', allowLoopback],
  ['allowPrivate', allowPrivate],
];

/** Which policies let an address pass: everyone, from allowLoopback on, allowPrivate only, none. */
const TABLE = {
  everyone: [
    '1.1.1.1',
    '8.8.8.8',
    '93.184.216.34',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.0',
    '168.63.129.15',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '192.169.0.0',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '2a00:1450:4001:81b::200e',
    '2001:4860:4860::8888',
    '::ffff:8.8.8.8',
    '::ffff:808:808',
    '::8.8.8.8',
    '::ffff:0:8.8.8.8',
    '64:ff9b::8.8.8.8',
    '2002:808:808::1',
    '2001:0:808:808::f7f7:f7f7',
  ],
  loopback: [
    '127.0.0.1',
    '127.0.0.0',
    '127.1.2.3',
    '127.255.255.255',
    '::1',
    '0:0:0:0:0:0:0:1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::127.0.0.1',
    '::ffff:0:127.0.0.1',
    '64:ff9b::127.0.0.1',
    '2002:7f00:1::',
  ],
  private: [
    '10.0.0.0',
    '10.255.255.255',
    '172.16.0.0',
    '172.31.255.255',
    '192.168.0.0',
    '192.168.255.255',
    'fc00::1',
    'fd12:3456:789a::1',
    '::ffff:10.0.0.1',
    '::10.0.0.1',
    '64:ff9b::10.1.2.3',
    '2002:c0a8:1::1',
    '2001:0:a00:1::f7f7:f7f7',
    '2001:0:808:808::f5ff:fffe',
  ],
  nobody: [
    '0.0.0.0',
    '0.1.2.3',
    '100.64.0.1',
    '100.127.255.255',
    '100.100.100.200',
    '168.63.129.16',
    '169.254.0.1',
    '169.254.169.254',
    '169.254.170.2',
    '192.0.0.192',
    '192.0.2.1',
    '192.88.99.1',
    '192.31.196.1',
    '192.52.193.1',
    '192.175.48.1',
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '239.255.255.255',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '::169.254.169.254',
    '::ffff:0:169.254.169.254',
    '::ffff:168.63.129.16',
    '64:ff9b::169.254.169.254',
    '64:ff9b::168.63.129.16',
    '64:ff9b:1::8.8.8.8',
    '2002:a9fe:a9fe::1',
    '2001:0:a9fe:a9fe::f7f7:f7f7',
    '2001:0:808:808::5601:5601',
    'fd00:ec2::254',
    'fd20:ce::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '100::1',
    '100:0:0:1::1',
    '2001:2::1',
    '2001:10::1',
    '2001:20::1',
    '2001:db8::1',
    '3fff::1',
    '4000::1',
    '5f00::1',
    '8000::1',
    // Not addresses: what is not understood is not allowed.
    '',
    'localhost',
    '8.8.8',
    '0x7f.1',
    '2130706433',
    '010.0.0.1',
    '8.8.8.8.8',
    '[::1]',
    '8.8.8.8:80',
    ' 8.8.8.8',
    '2606:4700::1%1',
  ],
};

/** From which policy on each group passes. */
const PASSING = [TABLE.everyone, TABLE.loopback, TABLE.private, TABLE.nobody];

describe.each(POLICIES)('%s', (name, policy) => {
  const rank = POLICIES.findIndex(([other]) => other === name);
  const cases = PASSING.flatMap((group, from) => group.map((address) => [address, rank >= from] as const));

  it.each(cases)('judges %j: allowed %s', (address, allowed) => {
    const verdict = policy(address);
    expect(verdict.allowed).toBe(allowed);
    if (!verdict.allowed) expect(verdict.reason).toContain(`${address} is not an address on`);
  });
});

const octet = fc.integer({ min: 0, max: 255 });
const octets = fc.tuple(octet, octet, octet, octet);

/** Every IPv6 address that a packet for this IPv4 address could be dressed in. */
function disguises([a, b, c, d]: readonly [number, number, number, number]): string[] {
  const hex = (value: number) => value.toString(16);
  const high = hex((a << 8) | b);
  const low = hex((c << 8) | d);
  const inverted = `${hex(((a << 8) | b) ^ 0xffff)}:${hex(((c << 8) | d) ^ 0xffff)}`;
  return [
    `::ffff:${a}.${b}.${c}.${d}`,
    `::ffff:${high}:${low}`,
    `0:0:0:0:0:ffff:${high}:${low}`,
    `::FFFF:${high.toUpperCase()}:${low.toUpperCase()}`,
    `::ffff:0:${high}:${low}`,
    `64:ff9b::${high}:${low}`,
    `2002:${high}:${low}::1`,
    `2001:0:808:808:0:0:${inverted}`,
    `2001:0:${high}:${low}:0:0:f7f7:f7f7`,
  ];
}

describe('an IPv6 address that holds an IPv4 one', () => {
  it.each(POLICIES)('is judged as that one by %s', (_, policy) => {
    fc.assert(
      fc.property(octets, (v4) => {
        for (const disguise of disguises(v4)) {
          expect([disguise, policy(disguise).allowed]).toEqual([disguise, policy(v4.join('.')).allowed]);
        }
      }),
      {
        numRuns: 500,
        examples: [
          [[127, 0, 0, 1]],
          [[169, 254, 169, 254]],
          [[10, 0, 0, 1]],
          [[168, 63, 129, 16]],
          [[8, 8, 8, 8]],
        ],
      },
    );
  });
});

describe('any IPv6 address', () => {
  it('is public only within 2000::/3 or as a public IPv4 address', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const verdict = publicOnly(address);
        if (!verdict.allowed) return;
        const isGlobal = /^[23][0-9a-f]{3}:/i.test(address);
        const holdsIPv4 = /^(::|0{1,4}:|0{0,2}64:ff9b:)/i.test(address);
        expect([address, isGlobal || holdsIPv4]).toEqual([address, true]);
      }),
      { numRuns: 2_000 },
    );
  });
});
