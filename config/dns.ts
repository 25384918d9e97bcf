import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { contains } from './cidr';
import { areDistinct } from './distinct';
import { zoneName } from './domain';
import { onceWellFormed, section } from './section';

/** Azure's resolver, the same in every VNet; it alone knows the private DNS zones linked to it. */
export const AZURE_DNS = '168.63.129.16';

/** CoreDNS refuses to forward a zone to more servers than these. */
const MOST_RESOLVERS = 15;

type Range = ReturnType<ipaddr.IPv4['range']>;

const circle = 'questions would go round in a circle';

/** Addresses that no server of names can have. */
const NO_SERVER: Partial<Record<Range, string>> = {
  loopback: `is the CoreDNS pod itself: ${circle}`,
  linkLocal: 'is link-local: AKS LocalDNS, where there is one, which asks CoreDNS in turn',
  unspecified: 'is no address of a server',
  multicast: 'is no address of a server',
  broadcast: 'is no address of a server',
  reserved: 'is no address of a server',
};

const ownNetwork =
  'is no public address; list a resolver of your own network in dns.zones, by the zones it answers for';

/** Those that a public one cannot have either. */
const NOT_PUBLIC: typeof NO_SERVER = { ...NO_SERVER, private: ownNetwork, carrierGradeNat: ownNetwork };

const address = z.ipv4('is no IPv4 address');
const rangeOf = (value: string) =>
  ipaddr.IPv4.isValid(value) ? ipaddr.IPv4.parse(value).range() : undefined;

const resolver = address.superRefine((value, ctx) => {
  const problem = NO_SERVER[rangeOf(value) ?? 'unicast'];
  if (problem) ctx.addIssue(problem);
});

const publicResolver = address.superRefine((value, ctx) => {
  const problem = NOT_PUBLIC[rangeOf(value) ?? 'unicast'];
  if (problem) ctx.addIssue(problem);
  if (value === AZURE_DNS) {
    ctx.addIssue(
      "is Azure DNS, whose private zones hide public names; what it should answer is dns.zones: { …: 'azure' }",
    );
  }
});

function resolvers(one: typeof resolver) {
  return z
    .array(one)
    .min(1)
    .max(MOST_RESOLVERS, `are more servers than CoreDNS takes for a zone, ${MOST_RESOLVERS}`)
    .refine(areDistinct, 'names a resolver twice');
}

/** Name resolution inside the cluster: what CoreDNS does besides AKS's own configuration. */
export const dnsSchema = section({
  /**
   * The public names that `publicResolvers` answer: `minimal` is those that the gateway lives by (its host, Let's
   * Encrypt, model providers, MCP servers), `full` is every public top-level domain except for Azure's own names,
   * `off` is none, as AKS comes. Default minimal: a private zone linked to the network cannot hide these names, which
   * the ACME self-check must see as the internet does; and no other name leaves the path that AKS supports.
   */
  mode: z.enum(['off', 'minimal', 'full']).default('minimal'),
  /**
   * Servers for public names; the next one is asked when one does not answer. Default 8.8.8.8, as in the article, and
   * 1.1.1.1, so that no single one is needed.
   */
  publicResolvers: resolvers(publicResolver)
    .min(2, 'lacks a second resolver, for the time when the first is away')
    .default(['8.8.8.8', '1.1.1.1']),
  /**
   * More zones and who answers for them, in every mode and before any other rule: `azure` (Azure DNS), `public` (the
   * public resolvers) or addresses in your network: `{ 'corp.example.com': ['10.50.0.4', '10.50.0.5'] }`. Default none.
   */
  zones: z
    .record(
      zoneName,
      z.union([z.enum(['azure', 'public']), resolvers(resolver)], {
        error: "names no resolver; use 'azure', 'public' or a list of addresses",
      }),
    )
    .default({}),
}).prefault({});

export type Dns = z.output<typeof dnsSchema>;

interface Reachable {
  readonly dns: Dns;
  readonly network: { readonly podCidr: string; readonly serviceCidr: string };
}

/** CoreDNS is what answers in the cluster's own ranges. */
export const dnsRule = z.superRefine<Reachable>(
  ({ dns, network }, ctx) => {
    const { podCidr, serviceCidr } = network;
    for (const [zone, list] of Object.entries(dns.zones)) {
      if (typeof list === 'string') continue;
      list.forEach((one, index) => {
        for (const [key, range] of Object.entries({ podCidr, serviceCidr })) {
          if (!contains(range, `${one}/32`)) continue;
          const message = `is an address of the cluster (network.${key} ${range}), where CoreDNS itself answers: ${circle}`;
          ctx.addIssue({ code: 'custom', path: ['dns', 'zones', zone, index], message });
        }
      });
    }
  },
  onceWellFormed('dns', 'network'),
);
