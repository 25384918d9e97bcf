import { AZURE_DNS } from '../config/dns';
import { zonesAbove } from '../config/domain';
import { type DnsZones, isSwallowed } from './dns-zones';

/**
 * What AKS's main server block says of the domains that Azure appends to short names (in releases since 2024-10-25), to
 * be said again where a zone above them is taken away from that block: https://learn.microsoft.com/azure/aks/coredns-custom
 */
const SEARCH_DOMAINS: Readonly<Record<string, readonly string[]>> = {
  'internal.cloudapp.net': [
    'template ANY ANY {',
    '    match "^(?:[^.]+\\.){4,}internal\\.cloudapp\\.net\\.$"',
    '    rcode NXDOMAIN',
    '    fallthrough',
    '}',
    ...forwarding([AZURE_DNS]),
  ],
  'reddog.microsoft.com': ['template ANY ANY {', '    rcode NXDOMAIN', '}'],
};

/** The keys of `coredns-custom`; AKS imports what ends in `.server` beside its own server block. */
export function corefile(zones: DnsZones): Record<string, string> {
  const kept = [...zones].filter(([zone, resolvers]) => !isRepetition(zone, resolvers, zones));
  const groups = new Map<string, string[]>();
  for (const [zone, resolvers] of kept) {
    const group = resolvers.join(' ');
    groups.set(group, [...(groups.get(group) ?? []), zone]);
  }
  const searched = Object.entries(SEARCH_DOMAINS).filter(([domain]) => isSwallowed(domain, zones));
  const files = {
    'zones.server': [...groups].map(([resolvers, names]) =>
      serverBlock(names, forwarding(resolvers.split(' '))),
    ),
    'search-domains.server': searched.map(([domain, plugins]) => serverBlock([domain], plugins)),
  };
  return Object.fromEntries(
    Object.entries(files).flatMap(([key, blocks]) => (blocks.length > 0 ? [[key, blocks.join('')]] : [])),
  );
}

/** Whether the next zone above goes to the same servers anyway. */
function isRepetition(zone: string, resolvers: readonly string[], zones: DnsZones): boolean {
  const above = zonesAbove(zone).find(name => zones.has(name));
  return above !== undefined && zones.get(above)?.join(' ') === resolvers.join(' ');
}

/** Asked in this order: the second one gets what the first one does not answer. */
function forwarding(resolvers: readonly string[]): string[] {
  return ['cache 30', `forward . ${resolvers.join(' ')} {`, '    policy sequential', '}'];
}

/** One zone a line, for whoever reads the diff. */
function serverBlock(zones: readonly string[], plugins: readonly string[]): string {
  const lines = ['errors', ...plugins].map(line => `    ${line}\n`);
  return `${zones.map(zone => `${zone}:53`).join(',\n')} {\n${lines.join('')}}\n`;
}
