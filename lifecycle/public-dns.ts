import { Resolver } from 'node:dns/promises';
import type { Environment } from '../config/environment';
import type { Step } from './step';
import { type Patience, waitFor } from './wait';

/** What a resolver answers for a host: its addresses, none when there is no such name; undefined when it is silent. */
export type Resolve = (resolver: string, host: string) => Promise<string[] | undefined>;

/** A resolver that was not heard. What it says otherwise is about the name: SERVFAIL, where a zone is delegated to nobody. */
const SILENCE = ['ETIMEOUT', 'ECONNREFUSED'];

/** Asks one public resolver, past this machine's own settings and caches. */
export const resolve: Resolve = async (server, host) => {
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  resolver.setServers([server]);
  try {
    return await resolver.resolve4(host);
  } catch (error) {
    return SILENCE.includes((error as NodeJS.ErrnoException).code ?? '') ? undefined : [];
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
 * Waits until every public resolver that is heard answers the host with the gateway's address, and one is: an order for a
 * certificate before that fails, and a failed one is remembered by whoever asked.
 * @throws Error that names the record to make, or to correct
 */
export async function waitForPublicDns(step: Step, props: PublicDnsProps): Promise<void> {
  const { environment, address, patience } = props;
  const { host, ingress, dns } = environment;
  const record = `${host}  A  ${address}`;
  let answers: string[] = [];
  let isHeard = false;
  const look = async () => {
    const found = await Promise.all(dns.publicResolvers.map(server => props.resolve(server, host)));
    answers = found.map((addresses, i) => `${dns.publicResolvers[i]}: ${inWords(addresses)}`);
    step.say(`${answers.join('; ')}; ${ingress.dnsZone ? 'wanted' : 'create'}: ${record}`);
    const heard = found.filter(addresses => addresses !== undefined);
    isHeard = heard.length > 0;
    return (isHeard && heard.every(addresses => addresses.join() === address)) || undefined;
  };
  if (await waitFor(look, patience, step.interrupted)) return;
  if (!isHeard) {
    throw new Error(
      ['no public resolver answers here', ...answers, '→ run this where UDP port 53 is open'].join('\n'),
    );
  }
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

function inWords(addresses: readonly string[] | undefined): string {
  return addresses ? addresses.join(', ') || 'no such name' : 'no answer';
}
