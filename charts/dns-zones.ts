import { domainToASCII } from 'node:url';
import topLevelDomains from 'tlds';
import { AZURE_DNS } from '../config/dns';
import { isWithin, zonesAbove } from '../config/domain';
import type { Environment } from '../config/environment';
import { privateServices } from '../config/private-services';
import { AZURE_DOMAINS } from './azure-domains';

type Resolvers = readonly string[];

/** Which servers answer for which zone; a name belongs to the longest zone that holds it, and to AKS if none does. */
export type DnsZones = ReadonlyMap<string, Resolvers>;

const AZURE: Resolvers = [AZURE_DNS];

/**
 * The public suffixes whose names turn into this gateway's private endpoints: clients ask for these, never for
 * `privatelink.` names, and the answer's CNAME is resolved by whoever got the question.
 */
const PRIVATE_SUFFIXES = Object.values(privateServices).map(({ suffix }) => suffix);

/** Let's Encrypt's directories. */
const ACME_HOSTS = ['acme-v02.api.letsencrypt.org', 'acme-staging-v02.api.letsencrypt.org'];

/** Every zone that is not resolved as AKS does it. */
export function dnsZones(environment: Environment): DnsZones {
  const { mode, publicResolvers, zones: own } = environment.dns;
  const resolversOf = { azure: AZURE, public: publicResolvers };
  const zones = new Map<string, Resolvers>([
    ...(mode === 'off' ? [] : PRIVATE_SUFFIXES.map(zone => [zone, AZURE] as const)),
    ...publicZones[mode](environment).map(zone => [zone, publicResolvers] as const),
    ...Object.entries(own).map(
      ([zone, chosen]) => [zone, typeof chosen === 'string' ? resolversOf[chosen] : chosen] as const,
    ),
  ]);
  for (const domain of azureNames(environment).filter(name => isSwallowed(name, zones))) {
    zones.set(domain, AZURE);
  }
  return zones;
}

/** What Azure DNS alone can answer: its own domains, and an internal gateway's name, which is in private DNS. */
function azureNames({ host, ingress }: Environment): readonly string[] {
  return ingress.exposure === 'internal' ? [...AZURE_DOMAINS, host] : AZURE_DOMAINS;
}

/** Whether a zone above a name takes it, because the name has none of its own. */
export function isSwallowed(name: string, zones: DnsZones): boolean {
  return !zones.has(name) && zonesAbove(name).some(zone => zones.has(zone));
}

const publicZones: Record<Environment['dns']['mode'], (environment: Environment) => string[]> = {
  off: () => [],
  minimal: publicNames,
  full: environment => [...publicNames(environment), ...topLevelZones()],
};

/** A public gateway's own name (cert-manager looks itself up), the certificate authority, model providers, MCP servers. */
function publicNames({ host, ingress, catalogue, extensions }: Environment): string[] {
  const urls = [
    ...Object.values(catalogue.providers).map(({ baseUrl }) => baseUrl),
    ...Object.values(extensions.mcpServers).map(({ url }) => url),
  ];
  const own = ingress.exposure === 'public' ? [host] : [];
  return [...own, ...ACME_HOSTS, ...urls.map(url => new URL(url).hostname)].filter(
    name => !AZURE_DOMAINS.some(domain => isWithin(name, domain)),
  );
}

/** The root zone's, as CoreDNS reads them; but for the one of reverse lookups, which are Kubernetes' to answer. */
function topLevelZones(): string[] {
  return topLevelDomains.map(name => domainToASCII(name)).filter(zone => zone !== 'arpa');
}
