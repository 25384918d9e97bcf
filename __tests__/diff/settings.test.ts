import type { Change } from '../../diff/change';
import { compareSides, verdictOf } from '../../diff/report';
import { readSide, type Side } from '../../output/side';
import { environmentFiles } from '../helpers/environment';
import { withValue } from '../helpers/objects';
import { outputs, render } from '../helpers/render';

const prod = environmentFiles().get('prod');

/** What an environment file renders once it has been deployed. */
function sideOf(file: unknown): Side {
  const { files } = render(file, 'prod', outputs);
  return readSide(new Map([...files].map(([path, content]) => [folder(path), content])), 'test');
}

function folder(path: string): string {
  return path.startsWith('stacks/') ? `terraform/${path}` : `kubernetes/${path}`;
}

const base = sideOf(prod);

interface Expected {
  /** Resources that are replaced: these and no other. Default none. */
  readonly replaces?: readonly string[];
  /** Resources and objects that are created or destroyed. Default none. */
  readonly adds?: readonly string[];
  readonly destroys?: readonly string[];
  /** What must be said, somewhere. */
  readonly says?: readonly RegExp[];
  /** Security topics: these and no other. Default none. */
  readonly security?: readonly string[];
  /** Whether the gateway's pods roll. Default false. */
  readonly rolls?: boolean;
}

/** What depends on a resource by its id, and goes with it. */
const WITH_POSTGRES = [
  'azurerm_monitor_diagnostic_setting.postgres_diagnostics',
  'azurerm_postgresql_flexible_server.postgres',
  'azurerm_postgresql_flexible_server_database.postgres_database',
  'azurerm_private_endpoint.postgres_private_access_endpoint',
];
const WITH_CLUSTER = [
  'azurerm_kubernetes_cluster.cluster',
  'azurerm_kubernetes_cluster_node_pool.cluster_user_pool',
  'azurerm_monitor_diagnostic_setting.cluster_diagnostics',
  'azurerm_role_assignment.cluster_administrator_0',
  'azurerm_monitor_data_collection_rule_association.cluster_pod_logs_association',
  'azurerm_role_assignment.cluster_kubelet_pulls',
];
const WITH_REDIS = [
  'azurerm_managed_redis.redis',
  'azurerm_managed_redis_access_policy_assignment.redis_gateway_login',
  'azurerm_monitor_diagnostic_setting.redis_database_diagnostics',
  'azurerm_monitor_diagnostic_setting.redis_diagnostics',
  'azurerm_private_endpoint.redis_private_access_endpoint',
];

const PAGER =
  '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg/providers/Microsoft.Insights/actionGroups/ag';
const ALERTS = [
  'azurerm_monitor_action_group.alerts_action_group',
  'azurerm_monitor_activity_log_alert.alerts_resource_health',
  ...['gateway_down', 'database_down', 'database_storage', 'cache_memory'].map(
    name => `azurerm_monitor_metric_alert.alerts_${name}`,
  ),
  ...[
    'gateway_errors',
    'gateway_restarts',
    'gateway_pending',
    'cache_away',
    'certificate_renewal',
    'model_throttling',
  ].map(name => `azurerm_monitor_scheduled_query_rules_alert_v2.alerts_${name}`),
];

const cases: readonly [title: string, path: string, value: unknown, expected: Expected][] = [
  // PostgreSQL
  ['shorter backups', 'postgres.backupRetentionDays', 20, { says: [/^changes in place$/] }],
  [
    'geo-redundant backups switched off',
    'postgres.geoRedundantBackup',
    false,
    {
      replaces: WITH_POSTGRES,
      says: [/^data is lost: every database/, /prevent_destroy/, /lies in .*postgres.*apply twice/],
    },
  ],
  ['a larger database server', 'postgres.sku', 'GP_Standard_D4ds_v5', { says: [/server restarts/] }],
  ['a newer PostgreSQL', 'postgres.version', '17', { says: [/server restarts/, /cannot be undone/] }],
  [
    'an older PostgreSQL',
    'postgres.version',
    '15',
    { replaces: WITH_POSTGRES, says: [/^data is lost: every database/] },
  ],
  ['another size at creation', 'postgres.storageGb', 64, { says: [/^changes nothing in the cloud/] }],
  ['no standby', 'postgres.highAvailability', 'Disabled', { says: [/server restarts/] }],
  // Redis
  [
    'no replica of the cache',
    'redis.highAvailability',
    false,
    { replaces: WITH_REDIS, says: [/^data is lost: the cache/] },
  ],
  ['a larger cache', 'redis.sku', 'Balanced_B10', { says: [/in place if Azure can scale/] }],
  // Registry, identities, roles
  [
    'a registry in one zone',
    'registry.zoneRedundancy',
    false,
    {
      replaces: [
        'azurerm_container_registry.registry',
        'azurerm_container_registry_cache_rule.registry_cache_rule',
        'azurerm_monitor_diagnostic_setting.registry_diagnostics',
        'azurerm_private_endpoint.registry_private_access_endpoint',
        'azurerm_role_assignment.cluster_kubelet_pulls',
      ],
      says: [/cannot pull/],
    },
  ],
  [
    'one more administrator',
    'administrators',
    ['11111111-2222-4333-8444-555555555555', '22222222-2222-4333-8444-555555555555'],
    {
      replaces: [
        'azurerm_role_assignment.cluster_administrator_0',
        'azurerm_role_assignment.key_vault_administrator_0',
      ],
      adds: [
        'azurerm_role_assignment.cluster_administrator_1',
        'azurerm_role_assignment.key_vault_administrator_1',
      ],
      security: ['roles'],
    },
  ],
  // AKS
  [
    'larger nodes of the gateway',
    'cluster.userPool.vmSize',
    'Standard_D8ds_v5',
    { says: [/nodes are replaced/] },
  ],
  [
    'larger nodes of the system',
    'cluster.systemPool.vmSize',
    'Standard_D8ds_v5',
    { says: [/nodes are replaced/] },
  ],
  [
    'more nodes at most',
    'cluster.userPool.maxCount',
    9,
    { says: [/autoscaler follows; no node is replaced/] },
  ],
  ['more pods per node', 'cluster.userPool.maxPods', 110, { says: [/nodes are replaced/] }],
  ['another surge', 'cluster.userPool.maxSurge', '33%', {}],
  ['a dearer tier', 'cluster.tier', 'Premium', {}],
  ['another maintenance window', 'cluster.maintenance.dayOfWeek', 'Monday', {}],
  ['another upgrade channel', 'cluster.upgradeChannel', 'node-image', {}],
  [
    'the engine of network policies changed back',
    'cluster.networkPolicy',
    'azure',
    { replaces: WITH_CLUSTER, says: [/gateway is away/], security: ['network policy'] },
  ],
  [
    'a public API server',
    'cluster.privateCluster',
    false,
    { replaces: WITH_CLUSTER, says: [/gateway is away/], security: ['public access'] },
  ],
  ['no Defender', 'cluster.defender', false, { security: ['log-in', 'threat detection'] }],
  [
    'unencrypted hosts',
    'cluster.hostEncryption',
    false,
    { says: [/nodes are replaced/], security: ['encryption'] },
  ],
  ['az aks command invoke', 'cluster.runCommand', true, { security: ['log-in'] }],
  // Network
  [
    'another range of pods',
    'network.podCidr',
    '10.200.0.0/16',
    { replaces: WITH_CLUSTER, says: [/gateway is away/], security: ['network rules'], rolls: true },
  ],
  [
    'another NAT gateway',
    'network.natGateway',
    'Standard',
    {
      replaces: [
        'azurerm_nat_gateway.nat_gateway',
        'azurerm_nat_gateway_public_ip_association.nat_gateway_address_association',
        'azurerm_public_ip.nat_gateway_address',
        'azurerm_subnet_nat_gateway_association.nat_gateway_subnet_association',
      ],
      says: [/another address/],
    },
  ],
  [
    'a VNet to deploy from',
    'network.linkedVirtualNetworks',
    [
      '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet-hub',
    ],
    {
      adds: [
        'azure_openai_private_access',
        'cluster',
        'key_vault_private_access',
        'postgres_private_access',
        'redis_private_access',
        'registry_private_access',
      ].map(zone => `azurerm_private_dns_zone_virtual_network_link.${zone}_link_vnet_hub_95caaf`),
    },
  ],
  // Key Vault
  [
    'a vault with a public address',
    'keyVault.allowedIpRanges',
    ['203.0.113.7'],
    { security: ['public access'] },
  ],
  [
    'purge protection switched off',
    'keyVault.purgeProtection',
    false,
    { says: [/purge protection cannot be switched off/], security: ['deletion protection'] },
  ],
  ['another soft-delete retention', 'keyVault.softDeleteRetentionDays', 30, { says: [/set once/] }],
  [
    'protection from deletion switched off',
    'deletionProtection',
    false,
    { says: [/^changes nothing in the cloud/], security: ['deletion protection'] },
  ],
  [
    'secrets rotated',
    'secretsRevision',
    2,
    { rolls: true, says: [/written anew/, /a new object beside litellm-secrets-1/], security: ['secrets'] },
  ],
  // Azure OpenAI
  [
    'another version of a model',
    'azureOpenAi.deployments.0.version',
    '2026-10-01',
    { says: [/another model version/] },
  ],
  [
    'another model under the same name',
    'azureOpenAi.deployments.0.model',
    'gpt-5.6-luna',
    {
      replaces: ['azurerm_cognitive_deployment.azure_openai_deployments_gpt_5_6_terra'],
      says: [/get errors meanwhile/],
      rolls: true,
    },
  ],
  ['more tokens per minute', 'azureOpenAi.deployments.0.capacity', 300, {}],
  // What changes everywhere, or nothing in the cloud
  ['a tag', 'tags', { 'data-classification': 'internal' }, {}],
  ['longer logs', 'monitoring.retentionDays', 120, {}],
  // Who is called
  ['another address', 'monitoring.alerts.emails', ['on-call@example.com'], { says: [/^changes in place$/] }],
  ['a pager as well', 'monitoring.alerts.actionGroupIds', [PAGER], { says: [/^changes in place$/] }],
  [
    'nobody',
    'monitoring.alerts',
    {},
    { destroys: ALERTS, says: [/^nobody is called for this any more$/, /^whom it names is called no more$/] },
  ],
  [
    'a state elsewhere',
    'terraform.storageAccount',
    'stelsewhere',
    { says: [/state moves: run terraform init -migrate-state/] },
  ],
  // The gateway
  ['more replicas at most', 'gateway.replicas.max', 12, { says: [/no pod rolls/] }],
  ['more workers', 'gateway.workers', 2, { rolls: true }],
  ['more retries', 'gateway.routing.retries', 5, { rolls: true }],
  ['another spend interval', 'gateway.database.batchWriteSeconds', 30, { rolls: true }],
  [
    'another image',
    'gateway.image',
    'ghcr.io/berriai/litellm-non_root:v1.103.0@sha256:e8dee87e7ddbf9abc174e8a7b180a690d5265cc4827458d22c5ff5e108170027',
    { rolls: true, security: ['image'] },
  ],
  [
    'another host name',
    'host',
    'gateway.example.com',
    { rolls: true, says: [/another host or path/, /ordered anew/, /restart CoreDNS/], security: ['TLS'] },
  ],
  [
    'certificates for trying out',
    'ingress.acme.server',
    'staging',
    { says: [/ordered from it at their next renewal/], security: ['TLS'] },
  ],
  ['another public resolver', 'dns.publicResolvers', ['9.9.9.9', '1.1.1.1'], { says: [/restart CoreDNS/] }],
];

const key = ({ kind, name }: Change) => `${kind}.${name}`;

describe.each(cases)('%s (%s = %j)', (_title, path, value, expected) => {
  const { replaces = [], adds = [], destroys = [], says = [], security = [], rolls = false } = expected;
  const report = compareSides(base, sideOf(withValue(prod, path, value)), []);
  const changes = report.environments.flatMap(environment => environment.changes);
  const texts = changes.flatMap(({ effects }) => effects.map(({ text }) => text));
  const of = (action: Change['action']) =>
    changes
      .filter(change => change.action === action)
      .map(key)
      .sort();

  test('is seen, and replaces what it replaces and nothing else', () => {
    expect(changes.length).toBeGreaterThan(0);
    expect(of('replace')).toEqual([...replaces].sort());
    expect(of('create')).toEqual([...adds].sort());
    expect(of('delete')).toEqual([...destroys].sort());
    expect(verdictOf(report)).toBe(replaces.length + destroys.length > 0 ? 'destructive' : 'changes');
  });

  test('says what follows', () => {
    for (const wanted of says) expect(texts).toContainEqual(expect.stringMatching(wanted));
    expect(texts.some(text => text.startsWith('data is lost'))).toBe(
      says.some(({ source }) => source.startsWith('^data is lost')),
    );
    expect([...new Set(changes.flatMap(change => change.security))].sort()).toEqual([...security].sort());
    const deployment = changes.find(({ kind }) => kind === 'Deployment');
    const rolling = deployment?.effects.some(({ text }) => text.startsWith('pods roll')) ?? false;
    expect(rolling).toBe(rolls);
  });
});

test('the same file twice is no change', () => {
  const report = compareSides(base, sideOf(structuredClone(prod)), []);
  expect(verdictOf(report)).toBe('nothing');
  expect(report.environments).toEqual([{ name: 'prod', status: 'unchanged', changes: [], notes: [] }]);
});

test('of every alert that goes, it is said that nobody is called for it', () => {
  const [environment] = compareSides(base, sideOf(withValue(prod, 'monitoring.alerts', {})), []).environments;
  const silent = environment?.changes.filter(
    ({ effects }) => !effects.some(({ text }) => /^(nobody|whom it names) is called/.test(text)),
  );
  expect(silent).toEqual([]);
});

test('network policies move to cilium in place, and only there', () => {
  const azure = sideOf(withValue(prod, 'cluster.networkPolicy', 'azure'));
  const [environment] = compareSides(azure, base, []).environments;
  expect(environment?.changes.map(({ action }) => action)).not.toContain('replace');
  const texts = environment?.changes.flatMap(({ effects }) => effects.map(({ text }) => text));
  expect(texts).toContainEqual(expect.stringMatching(/nodes are upgraded one by one/));
});

test('another region replaces every resource that has one, and what they hold is lost', () => {
  const [environment] = compareSides(base, sideOf(withValue(prod, 'location', 'westus3')), []).environments;
  const replaced = environment?.changes.filter(({ action }) => action === 'replace').map(({ kind }) => kind);
  expect(replaced).toEqual(
    expect.arrayContaining([
      'azurerm_resource_group',
      'azurerm_virtual_network',
      'azurerm_key_vault',
      'azurerm_postgresql_flexible_server',
      'azurerm_kubernetes_cluster',
    ]),
  );
  const salt = environment?.changes.find(({ name }) => name === 'secrets_litellm_salt_key');
  expect(salt?.effects.map(({ text }) => text)).toContainEqual(expect.stringMatching(/the salt key is lost/));
});
