import { KubeConfigMap } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import type { Environment } from '../config/environment';
import { GatewayChart, type GatewayChartProps } from './gateway-chart';

/** Azure's resolver; it alone knows the private DNS zones linked to the VNet. */
const AZURE_DNS = '168.63.129.16';

/**
 * The public suffixes whose names turn into private endpoints: clients ask for these, never for `privatelink.` names,
 * and the answer's CNAME is resolved by whoever got the question.
 */
const PRIVATE_SUFFIXES = [
  'postgres.database.azure.com',
  'redis.azure.net',
  'azurecr.io',
  'vault.azure.net',
  'openai.azure.com',
];

/** Let's Encrypt's directories. */
const ACME_HOSTS = ['acme-v02.api.letsencrypt.org', 'acme-staging-v02.api.letsencrypt.org'];

/**
 * The article's split DNS as AKS allows it. Only `coredns-custom` is ours, a second `forward` in the main server block
 * stops CoreDNS, and so does a second `.:53`; so every zone is named in a server block of its own, where the longest
 * match wins. What is named nowhere is resolved as AKS does it.
 */
export class CoreDnsChart extends GatewayChart {
  constructor(scope: Construct, id: string, props: GatewayChartProps) {
    super(scope, id, props);
    const { environment } = props;
    new KubeConfigMap(this, 'coredns-custom', {
      metadata: { name: 'coredns-custom', namespace: 'kube-system' },
      data: {
        'azure.server': serverBlock(PRIVATE_SUFFIXES, [AZURE_DNS]),
        'public.server': serverBlock(publicZones(environment), environment.dns.publicResolvers),
      },
    });
  }
}

/** The gateway's own name (cert-manager looks itself up), the certificate authority and the model providers. */
function publicZones({ host, catalogue, extensions }: Environment): string[] {
  const urls = [
    ...Object.values(catalogue.providers).map(({ baseUrl }) => baseUrl),
    ...Object.values(extensions.mcpServers).map(({ url }) => url),
  ];
  const zones = [...new Set([host, ...ACME_HOSTS, ...urls.map(url => new URL(url).hostname)])];
  return zones.filter(
    zone => !PRIVATE_SUFFIXES.some(suffix => zone === suffix || zone.endsWith(`.${suffix}`)),
  );
}

function serverBlock(zones: readonly string[], resolvers: readonly string[]): string {
  return `${zones.map(zone => `${zone}:53`).join(' ')} {
    errors
    cache 30
    forward . ${resolvers.join(' ')}
}
`;
}
