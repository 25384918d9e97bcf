import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Check } from '../check';
import type { Session } from '../session';
import { type Target, withoutEnvironment } from '../target';
import { Unexpected } from '../unexpected';
import { Unreachable } from '../unreachable';

/** Whether the gateway's name leads to the gateway. */
export const addressChecks: readonly Check[] = [
  {
    id: 'address.resolves',
    title: "the gateway's name has an address",
    expected: 'an A or AAAA record',
    inapplicable: withoutName,
    run: async session => (await resolved(session)).join(', '),
  },
  {
    id: 'address.expected',
    title: 'the address is the one that was reserved for the gateway',
    expected: 'the address of the environment, and no other',
    needs: ['address.resolves'],
    inapplicable: target =>
      withoutName(target) ??
      withoutEnvironment(target) ??
      (target.expectations?.address
        ? undefined
        : (target.expectations?.noAddress ?? 'name it with --address')),
    run: async session => {
      const wanted = session.target.expectations?.address;
      const found = await resolved(session);
      if (found.join() !== wanted)
        throw new Unexpected(`${found.join(', ')}, but the environment has ${wanted}`);
      return found.join();
    },
  },
];

function withoutName({ endpoint }: Target): string | undefined {
  const host = hostOf(endpoint.url);
  if (endpoint.address) return `--resolve names the address, ${endpoint.address}`;
  return isIP(host) || host === 'localhost' ? `${host} needs no DNS` : undefined;
}

async function resolved({ target, timeoutSeconds, signal }: Session): Promise<string[]> {
  const resolver = new Resolver({ timeout: Math.min(timeoutSeconds, 5) * 1000, tries: 2 });
  if (target.dnsServers.length > 0) resolver.setServers(target.dnsServers);
  const cancel = () => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  const host = hostOf(target.endpoint.url);
  const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  signal.removeEventListener('abort', cancel);
  signal.throwIfAborted();
  const addresses = answers.flatMap(answer => (answer.status === 'fulfilled' ? answer.value : []));
  if (addresses.length > 0) return addresses.sort();
  const servers = resolver.getServers().join(', ') || 'none';
  const [first] = answers;
  const code = first?.status === 'rejected' ? (first.reason as NodeJS.ErrnoException).code : undefined;
  throw code === 'ENOTFOUND' || code === 'ENODATA'
    ? new Unexpected(`${host} has no A record (asked ${servers})`)
    : new Unreachable(`${host}: no DNS server answered (asked ${servers}) [${code}]`);
}

function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^\[|\]$/g, '');
}
