import type { Example } from './example';

const digest = `sha256:${'a'.repeat(64)}`;
const image = (tag: string) => ({ 'gateway.image': `ghcr.io/berriai/litellm-non_root:${tag}@${digest}` });
const policy = (clustering_policy: string): Example['keeps'] => ({
  edit: ({ terraform }) => {
    terraform.resource.azurerm_managed_redis.redis.default_database.clustering_policy = clustering_policy;
  },
});
/** In a region without zones, PostgreSQL's standby is in the same place. */
const zoneless = {
  location: 'westus',
  'cluster.zones': [],
  'registry.zoneRedundancy': false,
  'postgres.highAvailability': 'SameZone',
};

/** What Azure and LiteLLM offer, where and until when. */
export const platform: readonly Example[] = [
  ...[
    ['OSSCluster', 'MOVED'],
    ['EnterpriseCluster', 'CROSSSLOT'],
  ].map(
    ([given = '', error = '']): Example => ({
      code: 'redis-cluster-policy',
      keeps: policy('NoCluster'),
      breaks: { ...policy(given), at: 'redis', says: [given, error, 'it needs NoCluster'] },
    }),
  ),
  {
    code: 'redis-high-availability',
    keeps: { file: { 'redis.sku': 'Balanced_B1' } },
    breaks: {
      file: { 'redis.sku': 'Balanced_B0' },
      at: 'redis.sku',
      says: ['Balanced_B0 cannot have the replica', 'use Balanced_B1 or larger'],
    },
  },
  {
    code: 'redis-high-availability',
    keeps: { file: { class: 'development', redis: { sku: 'Balanced_B0', highAvailability: false } } },
    breaks: {
      file: { class: 'development', redis: { sku: 'Balanced_B0', highAvailability: true } },
      at: 'redis.sku',
      says: ['highAvailability false'],
    },
  },
  {
    code: 'postgres-high-availability',
    keeps: {
      file: {
        class: 'development',
        'postgres.sku': 'B_Standard_B2s',
        'postgres.highAvailability': 'Disabled',
      },
    },
    breaks: {
      file: {
        class: 'development',
        'postgres.sku': 'B_Standard_B2s',
        'postgres.highAvailability': 'SameZone',
      },
      at: 'postgres.highAvailability',
      says: [
        'needs a General Purpose',
        'postgres.sku is B_Standard_B2s',
        'use GP_Standard_D2ds_v5 or Disabled',
      ],
    },
  },
  {
    code: 'postgres-region',
    keeps: { file: zoneless },
    breaks: {
      file: { ...zoneless, 'postgres.highAvailability': 'ZoneRedundant' },
      at: 'postgres.highAvailability',
      says: ['ZoneRedundant', 'no zones in westus', 'use SameZone'],
    },
  },
  {
    code: 'postgres-region',
    keeps: { file: { location: 'italynorth', 'postgres.geoRedundantBackup': false } },
    breaks: {
      file: { location: 'italynorth', 'postgres.geoRedundantBackup': true },
      at: 'postgres.geoRedundantBackup',
      says: ['copies no backup out of italynorth', 'use false'],
    },
  },
  {
    code: 'postgres-region-offer',
    keeps: { file: { location: 'westeurope', 'postgres.highAvailability': 'SameZone' } },
    breaks: {
      file: { location: 'westeurope', 'postgres.highAvailability': 'ZoneRedundant' },
      at: 'postgres.highAvailability',
      says: ['blocked for new servers in westeurope', 'use SameZone'],
    },
  },
  {
    code: 'postgres-region-offer',
    keeps: { file: { location: 'japaneast', 'postgres.sku': 'GP_Standard_D2ds_v4' } },
    breaks: {
      file: { location: 'japaneast', 'postgres.sku': 'GP_Standard_D2ds_v5' },
      at: 'postgres.sku',
      says: ['GP_Standard_D2ds_v5 is of generation 5', 'japaneast offered 3, 4', 'use one of these'],
    },
  },
  {
    code: 'postgres-region-offer',
    keeps: { file: { location: 'canadacentral', 'postgres.sku': 'GP_Standard_D2ads_v5' } },
    breaks: {
      file: { 'postgres.sku': 'GP_Standard_D2ads_v5' },
      at: 'postgres.sku',
      says: ['swedencentral offered none', 'use an Intel size'],
    },
  },
  {
    code: 'region-zones',
    keeps: { file: zoneless },
    breaks: {
      file: { ...zoneless, 'cluster.zones': ['1', '2'] },
      at: 'cluster.zones',
      says: ['asks for the zones 1, 2', 'westus has no availability zones', 'use []'],
    },
  },
  {
    code: 'region-zones',
    keeps: { file: zoneless },
    breaks: {
      file: { ...zoneless, 'registry.zoneRedundancy': true },
      at: 'registry.zoneRedundancy',
      says: ['westus has no availability zones', 'use false'],
    },
  },
  {
    code: 'region-unknown',
    keeps: {},
    breaks: { file: { location: 'swedencental' }, at: 'location', says: ['no table of regions', 'spelling'] },
  },
  {
    code: 'image-denied',
    keeps: { file: image('v1.83.0') },
    breaks: { file: image('v1.82.7'), at: 'gateway.image', says: ['1.82.7', 'use v1.83.0 or later'] },
  },
  {
    code: 'image-floating-tag',
    keeps: { file: image('v1.102.0') },
    breaks: { file: image('main-stable'), at: 'gateway.image', says: ['"main-stable"', 'name a release'] },
  },
  {
    code: 'kubernetes-support',
    keeps: { today: '2027-04-01' },
    breaks: {
      today: '2027-04-02',
      at: 'cluster.kubernetesVersion',
      says: ['Kubernetes 1.36 on AKS is supported until 2027-06-30', 'plan the move to 1.37'],
    },
  },
  {
    code: 'kubernetes-support',
    keeps: { file: { 'cluster.kubernetesVersion': '1.37.2', 'cluster.upgradeChannel': 'none' } },
    breaks: {
      file: { 'cluster.kubernetesVersion': '1.33.1', 'cluster.upgradeChannel': 'none' },
      at: 'cluster.kubernetesVersion',
      says: ['Kubernetes 1.33 on AKS is out of support since 2026-07-31', '1.36 or 1.37'],
    },
  },
  {
    // Long-term support lasts a year longer.
    code: 'kubernetes-support',
    keeps: { file: { 'cluster.tier': 'Premium' }, today: '2028-04-01' },
    breaks: {
      file: { 'cluster.tier': 'Premium' },
      today: '2028-04-02',
      at: 'cluster.kubernetesVersion',
      says: ['Kubernetes 1.36 on AKS is supported until 2028-06-30'],
    },
  },
  {
    code: 'kubernetes-support',
    keeps: {},
    breaks: {
      file: { 'cluster.kubernetesVersion': '1.63' },
      at: 'cluster.kubernetesVersion',
      says: ['Kubernetes 1.63 is in no table', '1.35, 1.36, 1.37'],
    },
  },
  {
    code: 'postgres-support',
    keeps: { file: { 'postgres.version': '14' }, today: '2026-08-14' },
    breaks: {
      file: { 'postgres.version': '14' },
      at: 'postgres.version',
      says: ['PostgreSQL 14 is out of support since 2026-11-12', '15 or 16 or 17'],
    },
  },
  {
    code: 'controller-support',
    keeps: { file: { 'ingress.controller': 'application-routing' }, today: '2026-09-01' },
    breaks: {
      file: { 'ingress.controller': 'application-routing' },
      today: '2026-11-30',
      at: 'ingress.controller',
      says: ["application routing's NGINX is supported until 2026-11-30", 'the move to gateway-api or nginx'],
    },
  },
  {
    // The last day itself is supported.
    code: 'controller-support',
    keeps: { file: { 'ingress.controller': 'gateway-api' }, today: '2026-12-01' },
    breaks: {
      file: { 'ingress.controller': 'application-routing' },
      today: '2026-12-01',
      at: 'ingress.controller',
      says: ['is out of support since 2026-11-30'],
    },
  },
  {
    // By its name, by its price, and free on purpose.
    code: 'model-unpriced',
    keeps: {
      file: {
        'catalogue.providers.acme.models': [
          'gpt-5.6-terra',
          { name: 'acme-large', inputPrice: 0.6, outputPrice: 2.5, rpm: 5 },
          { name: 'acme-small', inputPrice: 0, outputPrice: 0 },
        ],
      },
    },
    breaks: {
      file: { 'catalogue.providers.acme.models': ['acme-large', 'gpt-5.6-terra', 'acme-small'] },
      at: 'catalogue',
      says: [
        'no price for acme-large, acme-small: budgets never end',
        'an inputPrice',
        '0 says free on purpose',
      ],
    },
  },
  {
    code: 'model-unpriced',
    keeps: {
      file: { 'azureOpenAi.deployments.0.inputPrice': 1, 'azureOpenAi.deployments.0.model': 'gpt-new' },
    },
    breaks: {
      file: { 'azureOpenAi.deployments.0.model': 'gpt-new' },
      at: 'catalogue',
      says: ['no price for azure-chat:'],
    },
  },
  {
    // The same name, in the dialect of somebody who does not sell it.
    code: 'model-unpriced',
    keeps: { file: { 'catalogue.providers.acme.models': ['gpt-5.6-terra'] } },
    breaks: {
      file: { 'catalogue.providers.acme.models': ['claude-sonnet-5'] },
      at: 'catalogue',
      says: ['no price for claude-sonnet-5'],
    },
  },
  {
    code: 'model-retirement',
    keeps: { today: '2026-12-09' },
    breaks: {
      file: { azureOpenAi: { deployments: [{ name: 'chat', model: 'gpt-4o', version: '2024-11-20' }] } },
      at: 'azureOpenAi.deployments',
      says: ['gpt-4o 2024-11-20 retires on 2027-04-14', 'successor'],
    },
  },
];
