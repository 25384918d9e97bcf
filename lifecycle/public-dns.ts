import { Resolver } from 'node:dns/promises';
import type { Environment } from '../config/environment';
import type { Step } from './step';
import { type Patience, waitFor } from './wait';

/** What a resolver answers for a host: its addresses, none when there is no such name. */
export type Resolve = (resolver: string, host: string) => Promise<string[]>;

/** Asks one public resolver, past this machine's own settings and caches. */
export const resolve: Resolve = async (server, host) => {
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  resolver.setServers([server]);
  try {
    return await resolver.resolve4(host);
  } catch {
    return [];
  }
};

export interface PublicDnsProps {
  readonly environment: Environment;
  /** The gateway's public address. */
  readonly address: string;
  readonly resolve: Resolve;
  readonly patience: Patience;
}

/**
 * Waits until every public resolver answers the host with the gateway's address: an order for a certificate before that
 * fails, and a failed one is remembered by whoever asked.
 * @throws Error that names the record to make, or to correct
 */
export async function waitForPublicDns(step: Step, props: PublicDnsProps): Promise<void> {
  const { environment, address, patience } = props;
  const { host, ingress, dns } = environment;
  const record = `${host}  A  ${address}`;
  let answers: string[] = [];
  const look = async () => {
    const found = await Promise.all(dns.publicResolvers.map(server => props.resolve(server, host)));
    answers = found.map(
      (addresses, i) => `${dns.publicResolvers[i]}: ${addresses.join(', ') || 'no such name'}`,
    );
    step.say(`${answers.join('; ')}; ${ingress.dnsZone ? 'wanted' : 'create'}: ${record}`);
    return found.every(addresses => addresses.length === 1 && addresses[0] === address) || undefined;
  };
  if (await waitFor(look, patience, step.interrupted)) return;
  const whose = ingress.dnsZone
    ? `Terraform made it in the zone ${ingress.dnsZone.name}; see that the zone is delegated to Azure's name servers`
    : `create it where ${host} is managed`;
  throw new Error(
    [
      `public resolvers do not answer ${host} with the gateway's address`,
      ...answers,
      `→ the record is: ${record}; ${whose}`,
    ].join('\n'),
  );
}
