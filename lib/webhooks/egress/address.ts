import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type AddressVerdict = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

/** Judges one IP address, as `net.isIP` knows it. */
export type AddressPolicy = (address: string) => AddressVerdict;

type Kind = 'public' | 'loopback' | 'private' | 'forbidden';

const ALLOWED: AddressVerdict = { allowed: true };

/**
 * Addresses by which clouds hand out credentials, or reach their host, within ranges that a policy may
 * otherwise allow. (169.254.169.254 and its like are link-local, which nobody allows.)
 */
const FORBIDDEN = new Set(
  ['168.63.129.16', '100.100.100.200', 'fd00:ec2::254', 'fd20:ce::254'].map((address) =>
    ipaddr.parse(address).toNormalizedString(),
  ),
);

const NAT64 = ipaddr.IPv6.parse('64:ff9b::');
const TRANSLATED = ipaddr.IPv6.parse('::ffff:0:0:0');
const GLOBAL_UNICAST = ipaddr.IPv6.parse('2000::');

function toIPv4(high: number, low: number): ipaddr.IPv4 {
  return new ipaddr.IPv4([high >> 8, high & 0xff, low >> 8, low & 0xff]);
}

/**
 * The IPv4 addresses to which a packet for this IPv6 address is handed on: v4-mapped (RFC 4291), v4-compatible
 * (RFC 4291), v4-translated (RFC 2765), NAT64 (RFC 6052), 6to4 (RFC 3056), Teredo's server and client (RFC 4380).
 */
function embeddedIPv4(address: ipaddr.IPv6): ipaddr.IPv4[] {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = address.parts;
  if (a === 0x2002) return [toIPv4(b, c)];
  if (a === 0x2001 && b === 0) return [toIPv4(c, d), toIPv4(g ^ 0xffff, h ^ 0xffff)];
  const isCompatible = (a | b | c | d | e | f) === 0 && (g !== 0 || h > 1);
  const holdsIPv4 =
    isCompatible ||
    address.isIPv4MappedAddress() ||
    address.match(NAT64, 96) ||
    address.match(TRANSLATED, 96);
  return holdsIPv4 ? [toIPv4(g, h)] : [];
}

function kindOf(address: ipaddr.IPv4 | ipaddr.IPv6): Kind {
  if (FORBIDDEN.has(address.toNormalizedString())) return 'forbidden';
  const range: string = address.range();
  if (range === 'loopback') return 'loopback';
  if (range === 'private' || range === 'uniqueLocal') return 'private';
  if (range !== 'unicast') return 'forbidden';
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_UNICAST, 3) ? 'public' : 'forbidden';
}

/** Every kind that an address is of: one, or those of the IPv4 addresses that it holds. */
function kindsOf(text: string): Kind[] {
  if (isIP(text) === 0 || text.includes('%')) return ['forbidden'];
  const address = ipaddr.parse(text);
  const embedded = address instanceof ipaddr.IPv6 ? embeddedIPv4(address) : [];
  return (embedded.length > 0 ? embedded : [address]).map(kindOf);
}

function policy(allowed: readonly Kind[], wanted: string): AddressPolicy {
  return (address) =>
    kindsOf(address).every((kind) => allowed.includes(kind))
      ? ALLOWED
      : { allowed: false, reason: `${address} is not ${wanted}` };
}

/**
 * The policy of a hosted Hirehook: public unicast addresses only. An IPv6 address that stands for an IPv4 one is
 * judged as that one. Source: IANA special-purpose registries as `ipaddr.js` knows them, and IPv6 within 2000::/3.
 */
export const publicOnly = policy(['public'], 'an address on the public internet');

/** Public addresses and this machine: for the embedded mode. */
export const allowLoopback = policy(
  ['public', 'loopback'],
  'an address on the public internet or this machine',
);

/**
 * Public addresses, this machine, RFC 1918 and IPv6 unique local (RFC 4193): for an operator's own network.
 * Link-local and the clouds' metadata addresses stay refused.
 */
export const allowPrivate = policy(
  ['public', 'loopback', 'private'],
  'an address on the public internet or a private network',
);
