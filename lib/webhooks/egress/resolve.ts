import { promises as dns } from 'node:dns';
import { isLocalhost } from './check-url';

/** Gives every IP address of a name; rejects with a system error when there is none. Its answers are not trusted. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

/** RFC 8305, section 3: how long the second family's answer is waited for once the first one has come. */
const SECOND_FAMILY_MS = 50;
/** `getaddrinfo` blocks a thread of libuv's four, which file access needs too. */
const MAX_BLOCKING_LOOKUPS = 2;

interface ResolveOptions {
  /** Name servers (`address:port`) to ask instead of the system's; the hosts file is then left out. */
  readonly servers?: readonly string[];
}

/**
 * The resolver of this machine. DNS is asked without `getaddrinfo`, whose few threads one hanging name server
 * could occupy for everybody; only a name that DNS does not know is looked for in the hosts file and search
 * domains, at most two at a time. Concurrent questions for one name are asked once; nothing is cached.
 */
export function createResolve({ servers }: ResolveOptions = {}): Resolve {
  const resolver = new dns.Resolver({ timeout: 2_000, tries: 3 });
  if (servers !== undefined) resolver.setServers(servers);
  const inFlight = new Map<string, Promise<readonly string[]>>();
  let blocking = 0;

  async function queryDns(hostname: string): Promise<readonly string[]> {
    const settled: string[][] = [[], []];
    const v4 = resolver.resolve4(hostname).then((found) => {
      settled[0] = found;
    });
    const v6 = resolver.resolve6(hostname).then((found) => {
      settled[1] = found;
    });
    const both = Promise.allSettled([v4, v6]);
    const first = await Promise.any([v4, v6]).catch((error: AggregateError) => error);
    if (first instanceof AggregateError) throw first.errors[0];
    await Promise.race([both, new Promise((resolve) => setTimeout(resolve, SECOND_FAMILY_MS))]);
    return settled.flat();
  }

  async function lookUp(hostname: string): Promise<readonly string[]> {
    try {
      return await queryDns(hostname);
    } catch (error) {
      if (servers !== undefined || blocking >= MAX_BLOCKING_LOOKUPS) throw error;
      blocking += 1;
      try {
        return (await dns.lookup(hostname, { all: true, order: 'ipv4first' })).map(({ address }) => address);
      } catch {
        throw error;
      } finally {
        blocking -= 1;
      }
    }
  }

  return (hostname) => {
    if (isLocalhost(hostname)) return Promise.resolve(['127.0.0.1', '::1']);
    const running = inFlight.get(hostname);
    if (running !== undefined) return running;
    const started = lookUp(hostname).finally(() => inFlight.delete(hostname));
    inFlight.set(hostname, started);
    return started;
  };
}
