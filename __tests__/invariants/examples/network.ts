import type { Json } from '../../helpers/objects';
import type { Example } from './example';

const aks = (range: string) => ({
  'network.subnets': { aks: range, privateEndpoints: '10.30.2.0/24', ingress: '10.30.3.0/24' },
});
const registryLink = 'registry_private_access_link';
const egress = (port: number): Example['breaks']['edit'] => {
  return ({ objects }) => {
    const [, endpoints] = ownPolicy(objects).spec.egress;
    endpoints.ports = endpoints.ports.filter((allowed: { port: number }) => allowed.port !== port);
  };
};

/** Addresses, names and ways between them. */
export const network: readonly Example[] = [
  {
    // 3 and 5 nodes, one more each in an upgrade, and the private API server: 11 of a /28's.
    code: 'subnet-size',
    keeps: { file: aks('10.30.0.0/28') },
    breaks: {
      file: { ...aks('10.30.0.0/28'), 'cluster.userPool.maxCount': 6 },
      at: 'network.subnets.aks',
      says: [
        "has 11 addresses (10.30.0.0/28 without Azure's 5)",
        'but 12 are wanted',
        '11 for nodes',
        '1 for private API',
        'widen it',
      ],
    },
  },
  {
    code: 'subnet-size',
    keeps: { file: { ...aks('10.30.0.0/28'), 'cluster.userPool.maxSurge': '1' } },
    breaks: {
      file: { ...aks('10.30.0.0/28'), 'cluster.userPool.maxSurge': '33%' },
      at: 'network.subnets.aks',
      says: ['but 12 are wanted: 11 for nodes'],
    },
  },
  {
    // Five endpoints, the registry's with two addresses.
    code: 'subnet-size',
    keeps: { file: { 'network.subnets.privateEndpoints': '10.30.2.0/28' } },
    breaks: {
      file: { 'network.subnets.privateEndpoints': '10.30.2.0/29' },
      at: 'network.subnets.privateEndpoints',
      says: ['has 3 addresses', '6 are wanted: 6 for private endpoints'],
    },
  },
  {
    code: 'subnet-size',
    keeps: { file: { 'network.subnets.ingress': '10.30.3.0/29' } },
    breaks: {
      edit: ({ terraform }) => {
        terraform.resource.azurerm_subnet.network_snet_ingress.address_prefixes = ['10.30.3.0/30'];
      },
      at: 'network.subnets.ingress',
      says: ['has -1 addresses', '2 for load balancers'],
    },
  },
  {
    code: 'pod-range',
    keeps: { file: { 'network.podCidr': '10.240.0.0/20', ...nodes(14) } },
    breaks: {
      file: { 'network.podCidr': '10.240.0.0/20', ...nodes(15) },
      at: 'network.podCidr',
      says: ['holds a /24 for 16 nodes', '17 may exist', 'widen it'],
    },
  },
  {
    code: 'network-overlap',
    keeps: { file: { 'network.podCidr': '10.31.0.0/16' } },
    breaks: {
      file: { 'network.podCidr': '10.30.0.0/16' },
      at: 'network.podCidr',
      says: ['overlaps network.addressSpace 10.30.0.0/16', 'outside the VNet'],
    },
  },
  {
    code: 'network-overlap',
    keeps: { file: { 'network.serviceCidr': '10.245.0.0/16' } },
    breaks: {
      file: { 'network.serviceCidr': '10.244.0.0/16' },
      at: 'network.serviceCidr',
      says: ['overlaps network.podCidr 10.244.0.0/16'],
    },
  },
  {
    code: 'network-overlap',
    keeps: { file: { 'network.podCidr': '172.29.0.0/16' } },
    breaks: {
      file: { 'network.podCidr': '172.30.0.0/16' },
      at: 'network.podCidr',
      says: ['overlaps 172.30.0.0/16, which AKS keeps for itself'],
    },
  },
  {
    code: 'network-overlap',
    keeps: { file: { 'network.subnets.ingress': '10.30.4.0/24' } },
    breaks: {
      file: { 'network.subnets.ingress': '10.30.2.0/25' },
      at: 'network.subnets.ingress',
      says: ['overlaps network.subnets.privateEndpoints 10.30.2.0/24'],
    },
  },
  {
    code: 'private-endpoint-dns',
    keeps: {},
    breaks: {
      edit: ({ terraform }) => {
        delete terraform.resource.azurerm_private_dns_zone_virtual_network_link[registryLink];
      },
      at: 'network',
      says: ['pep-crllmtest', '(registry)', 'privatelink.azurecr.io is linked to no network'],
    },
  },
  {
    code: 'private-endpoint-dns',
    keeps: {},
    breaks: {
      edit: ({ terraform }) => {
        terraform.resource.azurerm_private_dns_zone.redis_private_access_zone.name =
          'privatelink.redis.cache.windows.net';
      },
      at: 'network',
      says: ['(redisEnterprise)', 'has no zone privatelink.redis.azure.net'],
    },
  },
  {
    code: 'private-endpoint-dns',
    keeps: {},
    breaks: {
      edit: ({ terraform }) => {
        delete terraform.resource.azurerm_private_endpoint.key_vault_private_access_endpoint
          .private_dns_zone_group;
      },
      at: 'network',
      says: ['(vault)', 'has no zone privatelink.vaultcore.azure.net'],
    },
  },
  ...[5432, 10000, 443].map(
    (port): Example => ({
      code: 'private-endpoint-egress',
      keeps: { edit: egress(9999) },
      breaks: {
        edit: egress(port),
        at: 'network.subnets.privateEndpoints',
        says: [
          'Deployment litellm-proxy calls pep-',
          `in 10.30.2.0/24 on port ${port}`,
          'allow egress to 10.30.2.0/24',
        ],
      },
    }),
  ),
  {
    // Without a policy of its direction, a pod may call everybody; those of other namespaces are not its own.
    code: 'private-endpoint-egress',
    keeps: { edit: ({ objects }) => policies(objects, policy => policy.policyTypes.splice(1)) },
    breaks: {
      edit: ({ objects }) => {
        objects.push({ ...structuredClone(ownPolicy(objects)), metadata: { name: 'x', namespace: 'y' } });
        ownPolicy(objects).spec.egress = [];
      },
      at: 'network.subnets.privateEndpoints',
      says: ['on port 5432', 'on port 10000', 'on port 443'],
    },
  },
  {
    // One peer of a rule is enough.
    code: 'private-endpoint-egress',
    keeps: { edit: ({ objects }) => void ownPolicy(objects).spec.egress[1].to.push({ podSelector: {} }) },
    breaks: {
      edit: ({ objects }) => {
        ownPolicy(objects).spec.egress[1].to = [{ podSelector: {} }];
      },
      at: 'network.subnets.privateEndpoints',
      says: ['on port 5432'],
    },
  },
  {
    code: 'private-endpoint-egress',
    keeps: { edit: migration(5432) },
    breaks: {
      edit: migration(443),
      at: 'network.subnets.privateEndpoints',
      says: ['Job migration calls pep-psql-llm-test-', 'on port 5432'],
    },
  },
  {
    code: 'private-endpoint-egress',
    keeps: {},
    breaks: {
      edit: ({ terraform }) => {
        terraform.resource.azurerm_subnet.network_snet_pe.address_prefixes = ['10.30.8.0/24'];
      },
      at: 'network.subnets.privateEndpoints',
      says: ['in 10.30.8.0/24', '10.30.2.0/24 on 5432, 10000, 443'],
    },
  },
];

function ownPolicy(objects: Json[]): Json {
  return objects.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'litellm-proxy');
}

function policies(objects: Json[], change: (spec: Json) => void): void {
  for (const { kind, spec } of objects) if (kind === 'NetworkPolicy') change(spec);
}

/** A Job with the gateway's variables and a policy of its own, as what migrates the database has. */
function migration(port: number): Example['breaks']['edit'] {
  return ({ objects, object }) => {
    const { template } = structuredClone(object('Deployment').spec);
    template.metadata.labels = { ...template.metadata.labels, 'app.kubernetes.io/name': 'migration' };
    const podSelector = { matchLabels: { 'app.kubernetes.io/name': 'migration' } };
    const egress = [{ to: [{ ipBlock: { cidr: '10.30.2.0/24' } }], ports: [{ protocol: 'TCP', port }] }];
    objects.push(
      { kind: 'Job', metadata: { name: 'migration', namespace: 'litellm' }, spec: { template } },
      {
        kind: 'NetworkPolicy',
        metadata: { name: 'migration', namespace: 'litellm' },
        spec: { podSelector, policyTypes: ['Egress'], egress },
      },
    );
  };
}

/** A cluster of this many nodes: the system pool's one with its surge, and the user pool's with one more. */
function nodes(count: number) {
  return {
    'cluster.systemPool': { minCount: 2, maxCount: 2, maxSurge: '1' },
    'cluster.userPool': { minCount: 2, maxCount: count - 2, maxSurge: '1' },
  };
}
