import type { Change } from '../../diff/change';
import { compareStacks } from '../../diff/terraform';
import type { TerraformConfiguration } from '../../output/references';
import { sparse } from '../fixtures/minimal';
import { type Json, withValue } from '../helpers/objects';
import { render } from '../helpers/render';

const dev: TerraformConfiguration = render(
  { ...sparse, cluster: { privateCluster: false } },
  'dev',
).terraform;

const changed = (path: string, value: unknown, from = dev) =>
  compareStacks(from, withValue(from, `resource.${path}`, value));

const texts = (changes: readonly Change[]) =>
  changes.flatMap(({ effects }) => effects.map(({ text }) => text));
const only = (changes: readonly Change[]): Change => {
  expect(changes).toHaveLength(1);
  return changes[0] as Change;
};

const CLUSTER = 'azurerm_kubernetes_cluster.cluster';

/** Edits of single arguments: what the provider does with each, by its documentation and its code. */
const inPlace: readonly [path: string, value: unknown][] = [
  [`${CLUSTER}.network_profile.outbound_type`, 'loadBalancer'],
  [`${CLUSTER}.network_profile.load_balancer_profile`, undefined],
  [`${CLUSTER}.api_server_access_profile`, { authorized_ip_ranges: ['203.0.113.0/24'] }],
  [`${CLUSTER}.kubernetes_version`, '1.37'],
  [`${CLUSTER}.default_node_pool.upgrade_settings.drain_timeout_in_minutes`, 60],
  [`${CLUSTER}.identity.type`, 'SystemAssigned'],
  // Taken out of the configuration, they stay as Azure has them.
  [`${CLUSTER}.network_profile.pod_cidr`, undefined],
  [`${CLUSTER}.network_profile.network_policy`, undefined],
  [`${CLUSTER}.oidc_issuer_enabled`, undefined],
  ['azurerm_role_assignment.key_vault_gateway_reads.principal_type', undefined],
  ['azurerm_log_analytics_workspace.log_analytics.sku', undefined],
  ['azurerm_kubernetes_cluster_node_pool.cluster_user_pool.os_sku', 'Ubuntu'],
  ['azurerm_cognitive_account.azure_openai.kind', 'AIServices'],
  ['azurerm_cognitive_deployment.azure_openai_deployments_chat.model.version', '2027-01-01'],
  ['azurerm_log_analytics_workspace.log_analytics.sku', 'CapacityReservation'],
  ['azurerm_federated_identity_credential.gateway_identity_federated_credential.subject', 'system:x'],
  ['azurerm_managed_redis.redis.default_database.eviction_policy', 'AllKeysLRU'],
  ['azurerm_subnet.network_snet_aks.address_prefixes', ['10.30.0.0/22']],
  ['azurerm_container_registry.registry.sku', 'Standard'],
];

test.each(inPlace)('%s = %j changes in place', (path, value) => {
  for (const change of changed(path, value)) {
    expect(change.action).toBe('update');
    expect(change.effects.length).toBeGreaterThan(0);
  }
});

const replacing: readonly [path: string, value: unknown][] = [
  [`${CLUSTER}.default_node_pool.name`, 'other'],
  [`${CLUSTER}.network_profile.service_cidr`, '10.1.0.0/16'],
  [`${CLUSTER}.network_profile.network_plugin_mode`, undefined],
  [`${CLUSTER}.network_profile.network_data_plane`, 'azure'],
  [`${CLUSTER}.network_profile`, undefined],
  [`${CLUSTER}.default_node_pool.upgrade_settings`, undefined],
  [`${CLUSTER}.oidc_issuer_enabled`, false],
  [`${CLUSTER}.dns_prefix`, 'other'],
  ['azurerm_kubernetes_cluster_node_pool.cluster_user_pool.os_sku', 'Windows2022'],
  ['azurerm_kubernetes_cluster_node_pool.cluster_user_pool.upgrade_settings.drain_timeout_in_minutes', 0],
  ['azurerm_cognitive_account.azure_openai.kind', 'TextAnalytics'],
  ['azurerm_cognitive_account.azure_openai.custom_subdomain_name', 'other'],
  ['azurerm_cognitive_deployment.azure_openai_deployments_chat.sku.name', 'DataZoneStandard'],
  ['azurerm_log_analytics_workspace.log_analytics.sku', 'Standalone'],
  ['azurerm_role_assignment.key_vault_gateway_reads.role_definition_name', 'Key Vault Administrator'],
  ['azurerm_federated_identity_credential.gateway_identity_federated_credential.parent_id', 'other'],
  ['azurerm_public_ip.ingress_address.zones', ['1', '2']],
];

test.each(replacing)('%s = %j replaces the resource', (path, value) => {
  const [, name] = path.split('.');
  const change = changed(path, value).find(found => found.name === name);
  expect(change?.action).toBe('replace');
  expect(change?.values.flatMap(({ notes = [] }) => notes)).toContain('forces replacement');
});

test('another login of PostgreSQL replaces the server, taking the login away does not', () => {
  const withLogin = withValue(
    dev,
    'resource.azurerm_postgresql_flexible_server.postgres.administrator_login',
    'a',
  );
  const login = 'azurerm_postgresql_flexible_server.postgres.administrator_login';
  expect(only(changed(login, undefined, withLogin)).action).toBe('update');
  expect(changed(login, 'b', withLogin)[0]?.effects[0]?.level).toBe('danger');
});

test('lists that are sets may come in another order', () => {
  expect(changed('azurerm_public_ip.ingress_address.zones', ['3', '1', '2'])).toEqual([]);
  const rules = (dev as Json).resource.azurerm_network_security_group.network_nsg_aks.security_rule;
  expect(
    changed('azurerm_network_security_group.network_nsg_aks.security_rule', [...rules].reverse()),
  ).toEqual([]);
});

test('a block may be an object or a list of one, and null is the same as nothing', () => {
  const identity = (dev as Json).resource.azurerm_kubernetes_cluster.cluster.identity;
  expect(changed(`${CLUSTER}.identity`, [identity])).toEqual([]);
  expect(changed(`${CLUSTER}.edge_zone`, null)).toEqual([]);
});

test('a rule that comes is named by its name, and is about security', () => {
  const path = 'azurerm_network_security_group.network_nsg_pe.security_rule';
  const rule = { name: 'allow-all', access: 'Allow', direction: 'Inbound', priority: 100 };
  const rules = (dev as Json).resource.azurerm_network_security_group.network_nsg_pe.security_rule ?? [];
  const change = only(changed(path, [...rules, rule]));
  expect(change.values.map(value => value.path)).toEqual(['security_rule[allow-all]']);
  expect(change.security).toEqual(['network rules']);
});

test('an order of creation and a lifecycle change nothing in the cloud', () => {
  for (const argument of ['depends_on', 'lifecycle']) {
    const change = only(changed(`azurerm_container_registry.registry.${argument}`, ['a.b']));
    expect(change).toMatchObject({ action: 'update', effects: [{ text: 'changes nothing in the cloud' }] });
  }
});

test('an argument that the lifecycle ignores is ignored', () => {
  const change = only(changed('azurerm_postgresql_flexible_server.postgres.storage_mb', 16384));
  expect(change).toMatchObject({ action: 'update', effects: [{ text: 'changes nothing in the cloud' }] });
});

test('another name in the code destroys and creates, unless a moved block says that it is the same', () => {
  const { registry, ...others } = (dev as Json).resource.azurerm_container_registry;
  const renamed = withValue(dev, 'resource.azurerm_container_registry', { ...others, images: registry });
  const actions = (changes: Change[]) =>
    changes
      .filter(({ kind }) => kind === 'azurerm_container_registry')
      .map(({ name, action }) => [name, action]);
  expect(actions(compareStacks(dev, renamed))).toEqual([
    ['images', 'create'],
    ['registry', 'delete'],
  ]);
  const moved = {
    ...renamed,
    moved: [{ from: 'azurerm_container_registry.registry', to: 'azurerm_container_registry.images' }],
  };
  const changes = compareStacks(dev, moved);
  expect(actions(changes)).toEqual([['images', 'update']]);
  expect(texts(changes)).toContain('moved from azurerm_container_registry.registry: the resource stays');
});

test('a new salt key loses what LiteLLM encrypted, another secret does not', () => {
  const salt = only(changed('azurerm_key_vault_secret.secrets_litellm_salt_key.value_wo_version', 2));
  expect(salt.action).toBe('update');
  expect(salt.effects).toMatchObject([
    { level: 'danger', text: expect.stringMatching(/^data is lost: the salt/) },
  ]);
  const master = only(changed('azurerm_key_vault_secret.secrets_litellm_master_key.value_wo_version', 2));
  expect(master.effects).toMatchObject([{ level: 'warning' }]);
});

test('another clustering policy keeps the cache and loses its data', () => {
  const change = only(
    changed('azurerm_managed_redis.redis.default_database.clustering_policy', 'OSSCluster'),
  );
  expect(change).toMatchObject({ action: 'update', effects: [{ level: 'danger' }] });
});

test('a removed resource is destroyed, with what it holds', () => {
  const changes = changed('azurerm_key_vault', {});
  const vault = changes.find(({ kind }) => kind === 'azurerm_key_vault');
  expect(vault).toMatchObject({ action: 'delete', effects: [{ text: 'destroyed' }, { level: 'danger' }] });
});

test('a replaced identity reaches roles, credentials and outputs', () => {
  const changes = changed('azurerm_user_assigned_identity.gateway_identity.name', 'id-other');
  expect(changes.filter(({ action }) => action === 'replace').map(({ kind }) => kind)).toEqual(
    expect.arrayContaining([
      'azurerm_user_assigned_identity',
      'azurerm_role_assignment',
      'azurerm_federated_identity_credential',
    ]),
  );
  const outputs = changes.filter(({ kind }) => kind === 'output').map(({ name }) => name);
  expect(outputs.sort()).toEqual(['gateway_client_id', 'gateway_principal_id']);
});

test('of a type that it does not know it claims nothing', () => {
  const release = { chart: 'cert-manager', version: '1.20.0' };
  const before = withValue(dev, 'resource.helm_release', { cert_manager: release });
  const after = withValue(dev, 'resource.helm_release', { cert_manager: { ...release, version: '1.21.0' } });
  const change = only(compareStacks(before, after, 'dev-addons'));
  expect(change).toMatchObject({ kind: 'helm_release', name: 'dev-addons/cert_manager', action: 'update' });
  expect(texts([change])).toEqual(['whether it is replaced is not known for helm_release: see the plan']);
});

test('the values of a Helm chart are read, and a query by its lines', () => {
  const resources = (seconds: number, line: string) => ({
    ...dev,
    resource: {
      helm_release: { ingress: { values: [`controller:\n  image: nginx\n  endSeconds: ${seconds}\n`] } },
      azurerm_monitor_scheduled_query_rules_alert_v2: { pods: { query: `Pods\n| where ${line}\n` } },
    },
  });
  const changes = compareStacks(resources(620, 'Failed'), resources(640, 'Failed > 1'));
  expect(changes.flatMap(({ values }) => values)).toEqual([
    { path: 'values[0].controller.endSeconds', before: 620, after: 640 },
    { path: 'query', before: ['Pods', '| where Failed'], after: ['Pods', '| where Failed > 1'] },
  ]);
});

test('a variable asks for a value, a provider and a backend for a terraform init', () => {
  const asked = compareStacks(dev, withValue(dev, 'variable.new_key', { type: 'string' }));
  expect(texts(asked)).toEqual(['Terraform asks for it from now on: export TF_VAR_new_key=…']);
  const backend = compareStacks(dev, withValue(dev, 'terraform.backend', { azurerm: { key: 'dev' } }));
  expect(texts(backend)).toEqual([expect.stringMatching(/terraform init -migrate-state/)]);
  const version = withValue(dev, 'terraform.required_providers.azurerm.version', '4.90.0');
  expect(texts(compareStacks(dev, version))).toEqual([expect.stringMatching(/terraform init -upgrade/)]);
});

test('which way security goes is said where it has a way', () => {
  const notes = (path: string, value: unknown) =>
    changed(path, value).flatMap(({ values }) => values.flatMap(({ notes = [] }) => notes));
  expect(notes('azurerm_key_vault.key_vault.public_network_access_enabled', true)).toEqual([
    'public access, weaker',
  ]);
  expect(notes('azurerm_key_vault.key_vault.public_network_access_enabled', undefined)).toEqual([
    'public access, weaker',
  ]);
  expect(notes(`${CLUSTER}.private_cluster_enabled`, true)).toContain('public access, stricter');
  expect(notes(`${CLUSTER}.local_account_disabled`, false)).toEqual(['log-in, weaker']);
  expect(notes('azurerm_cognitive_account.azure_openai.local_auth_enabled', true)).toEqual([
    'log-in, weaker',
  ]);
  expect(notes('azurerm_container_registry.registry.admin_enabled', true)).toEqual(['log-in, weaker']);
});
