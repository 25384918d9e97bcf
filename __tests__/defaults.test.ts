import { demandsOn } from '../invariants/demands';
import { findingsOn, judge } from '../invariants/judge';
import { everything } from './fixtures/everything';
import { minimal, sparse } from './fixtures/minimal';
import { problemsIn } from './helpers/environment';
import { type Json, leaves, valueAt, withValue } from './helpers/objects';
import { type Rendered, render } from './helpers/render';

/** An optional setting, its default as the schema's doc comment has it, and where its value can be seen. */
interface Setting {
  readonly path: string;
  readonly preset: unknown;
  /** Reads it from what Terraform or Kubernetes gets. */
  readonly read: (output: Rendered) => unknown;
  /** The form it has there. */
  readonly as: (value: Json) => unknown;
}

function setting(
  path: string,
  preset: unknown,
  read: Setting['read'],
  as: Setting['as'] = value => value,
): Setting {
  return { path, preset, read, as };
}

const cluster = (output: Rendered) => output.resource('azurerm_kubernetes_cluster');
const redis = (output: Rendered) => output.resource('azurerm_managed_redis');
const postgres = (output: Rendered) => output.resource('azurerm_postgresql_flexible_server');
const vault = (output: Rendered) => output.resource('azurerm_key_vault');
const model = (name: string) => (output: Rendered) =>
  output.config.model_list.find((entry: Json) => entry.model_name === name);
const acmeModel = (output: Rendered) =>
  output.config.model_list.find(({ litellm_params }: Json) => /acme|umbrella/.test(litellm_params.api_base));
const azureModel = (output: Rendered) =>
  output.config.model_list.find(({ litellm_params }: Json) => litellm_params.model.startsWith('azure/'));
const deployment = (output: Rendered) => output.resource('azurerm_cognitive_deployment');
const podSpec = (output: Rendered) => output.object('Deployment').spec.template.spec;
const metric = (name: string) => (output: Rendered) =>
  output.object('HorizontalPodAutoscaler').spec.metrics.find(({ resource }: Json) => resource.name === name)
    ?.resource.target.averageUtilization;
/** Who may administer the cluster. */
const administratorsOf = (output: Rendered) =>
  Object.values(output.resources('azurerm_role_assignment'))
    .filter(({ role_definition_name }) => /RBAC Cluster Admin/.test(role_definition_name))
    .map(({ principal_id }) => principal_id.replace(/^\$\{data\..*\.object_id\}$/, 'the caller'));
const subnet = (role: string) => (output: Rendered) =>
  output.resource('azurerm_subnet', `network_snet_${role}`).address_prefixes;
const listed = (value: unknown) => [value];
const serverBlocks = (output: Rendered): string =>
  output.object('ConfigMap', 'coredns-custom').data['zones.server'];
/** Whether no object closes a path. */
const exposes = (path: string) => (output: Rendered) =>
  !JSON.stringify(output.objects.filter(({ kind }) => kind === 'Ingress')).includes(`"${path}"`);
/** Everything set, of a gateway that is public: what excludes the settings of an internal one. */
const publicly = (output: Rendered) => (output === overridden ? overriddenInPublic : output);
/**
 * The output in which a name is used: of an address, a public gateway's; of cert-manager's identity, one with DNS-01; of an
 * action group, one that calls somebody.
 */
const alternative = (output: Rendered, type: string, name: string | undefined) => {
  if (type === 'azurerm_public_ip') return publicly(output);
  if (output !== byDefault) return output;
  if (type === 'azurerm_monitor_action_group') return byDefaultWithAlerts;
  return name === 'cert_manager_identity' ? byDefaultWithDns01 : output;
};
/** On a day on which the models of both fixtures are about to retire. */
const waivedOn =
  (today: Date) =>
  ({ subject }: Rendered) =>
    judge(findingsOn(subject, today), subject.environment.waivers).waived.map(({ code, reason }) => ({
      code,
      reason,
    }));

const nodePools = [
  {
    section: 'systemPool',
    pool: (output: Rendered) => cluster(output).default_node_pool,
    counts: [2, 3],
  },
  {
    section: 'userPool',
    pool: (output: Rendered) => output.resource('azurerm_kubernetes_cluster_node_pool'),
    counts: [2, 5],
  },
].flatMap(({ section, pool, counts }) => [
  setting(`cluster.${section}.vmSize`, 'Standard_D4s_v5', o => pool(o).vm_size),
  setting(`cluster.${section}.minCount`, counts[0], o => pool(o).min_count),
  setting(`cluster.${section}.maxCount`, counts[1], o => pool(o).max_count),
  setting(`cluster.${section}.maxPods`, 50, o => pool(o).max_pods),
  setting(`cluster.${section}.maxSurge`, '10%', o => pool(o).upgrade_settings.max_surge),
  setting(`cluster.${section}.osDiskType`, 'Managed', o => pool(o).os_disk_type),
]);

const named = [
  ['resourceGroup', 'rg-llm-test', 'azurerm_resource_group'],
  ['virtualNetwork', 'vnet-llm-test', 'azurerm_virtual_network'],
  ['natGateway', 'ng-llm-test', 'azurerm_nat_gateway'],
  ['natAddress', 'pip-llm-test-nat', 'azurerm_public_ip', 'nat_gateway_address'],
  ['ingressAddress', 'pip-llm-test-ingress', 'azurerm_public_ip', 'ingress_address'],
  ['cluster', 'aks-llm-test', 'azurerm_kubernetes_cluster'],
  ['clusterIdentity', 'id-llm-test-aks', 'azurerm_user_assigned_identity', 'cluster_identity'],
  ['gatewayIdentity', 'id-llm-test-gateway', 'azurerm_user_assigned_identity', 'gateway_identity'],

  ['registry', 'crllmtestSUFFIX', 'azurerm_container_registry'],
  ['postgres', 'psql-llm-test-SUFFIX', 'azurerm_postgresql_flexible_server'],
  ['redis', 'amr-llm-test-SUFFIX', 'azurerm_managed_redis'],
  ['keyVault', 'kv-llm-test-SUFFIX', 'azurerm_key_vault'],
  ['azureOpenAi', 'oai-llm-test-SUFFIX', 'azurerm_cognitive_account'],
  ['logAnalytics', 'log-llm-test', 'azurerm_log_analytics_workspace'],
  ['actionGroup', 'ag-llm-test', 'azurerm_monitor_action_group'],
  [
    'certManagerIdentity',
    'id-llm-test-cert-manager',
    'azurerm_user_assigned_identity',
    'cert_manager_identity',
  ],
].map(([key, preset = '', type = '', name]) =>
  setting(
    `names.${key}`,
    preset.replace('SUFFIX', '5c7960'),
    o => alternative(o, type, name).resource(type, name).name,
  ),
);

const settings: readonly Setting[] = [
  setting('subscriptionId', undefined, o => o.terraform.provider.azurerm[0].subscription_id),
  setting('administrators', [], administratorsOf, ids => (ids.length > 0 ? ids : ['the caller'])),
  setting(
    'tags',
    {},
    o => o.resource('azurerm_resource_group').tags,
    tags => ({ ...tags, environment: 'test', 'managed-by': 'litellm-aks' }),
  ),
  setting(
    'class',
    'production',
    o => demandsOn(o.subject).backupDays,
    name => ({ production: 14, development: 7 })[name as string],
  ),
  setting('waivers', [], waivedOn(new Date('2027-06-01'))),
  setting('deletionProtection', true, o => postgres(o).lifecycle.prevent_destroy),
  setting(
    'secretsRevision',
    1,
    o => o.resource('azurerm_key_vault_secret', 'secrets_litellm_master_key').value_wo_version,
  ),
  setting('terraform.container', 'tfstate', o => o.terraform.terraform.backend.azurerm.container_name),
  ...named,

  setting(
    'network.addressSpace',
    '10.30.0.0/16',
    o => o.resource('azurerm_virtual_network').address_space,
    listed,
  ),
  setting('network.subnets.aks', '10.30.0.0/23', subnet('aks'), listed),
  setting('network.subnets.privateEndpoints', '10.30.2.0/24', subnet('pe'), listed),
  setting('network.subnets.ingress', '10.30.3.0/24', subnet('ingress'), listed),
  setting('network.natGateway', 'StandardV2', o => o.resource('azurerm_nat_gateway').sku_name),
  setting('network.linkedVirtualNetworks', [], o => [
    ...new Set(
      Object.values(o.resources('azurerm_private_dns_zone_virtual_network_link'))
        .map(link => link.virtual_network_id)
        .filter(id => !id.startsWith('$')),
    ),
  ]),
  setting('network.podCidr', '10.244.0.0/16', o => cluster(o).network_profile.pod_cidr),
  setting('network.serviceCidr', '10.0.0.0/16', o => cluster(o).network_profile.service_cidr),

  setting('cluster.kubernetesVersion', '1.36', o => cluster(o).kubernetes_version),
  setting('cluster.tier', 'Standard', o => cluster(o).sku_tier),
  setting('cluster.zones', ['1', '2', '3'], o => cluster(o).default_node_pool.zones),
  ...nodePools,
  setting('cluster.networkPolicy', 'cilium', o => cluster(o).network_profile.network_policy),
  setting('cluster.privateCluster', true, o => cluster(o).private_cluster_enabled),
  setting(
    'cluster.authorizedIpRanges',
    [],
    o => cluster(o).api_server_access_profile?.authorized_ip_ranges.slice(0, -1) ?? [],
  ),
  setting('cluster.runCommand', false, o => cluster(o).run_command_enabled),
  setting('cluster.defender', true, o => 'microsoft_defender' in cluster(o)),
  setting('cluster.hostEncryption', false, o => cluster(o).default_node_pool.host_encryption_enabled),
  setting('cluster.upgradeChannel', 'patch', o => cluster(o).automatic_upgrade_channel),
  setting(
    'cluster.maintenance.dayOfWeek',
    'Sunday',
    o => cluster(o).maintenance_window_auto_upgrade.day_of_week,
  ),
  setting('cluster.maintenance.startTime', '02:00', o => cluster(o).maintenance_window_node_os.start_time),
  setting('cluster.maintenance.utcOffset', '+00:00', o => cluster(o).maintenance_window_node_os.utc_offset),
  setting('cluster.maintenance.duration', 4, o => cluster(o).maintenance_window_auto_upgrade.duration),

  setting(
    'registry.zoneRedundancy',
    true,
    o => o.resource('azurerm_container_registry').zone_redundancy_enabled,
  ),
  setting('postgres.sku', 'GP_Standard_D2ds_v5', o => postgres(o).sku_name),
  setting('postgres.version', '16', o => postgres(o).version),
  setting(
    'postgres.storageGb',
    32,
    o => postgres(o).storage_mb,
    gb => gb * 1024,
  ),
  setting('postgres.backupRetentionDays', 14, o => postgres(o).backup_retention_days),
  setting('postgres.geoRedundantBackup', false, o => postgres(o).geo_redundant_backup_enabled),
  setting('postgres.highAvailability', 'Disabled', o => postgres(o).high_availability?.mode ?? 'Disabled'),
  setting(
    'postgres.sslMode',
    'verify-full',
    ({ variables }) =>
      variables.DATABASE_SSLMODE ?? new URL(variables.DATABASE_URL ?? '').searchParams.get('sslmode'),
  ),
  setting('postgres.authentication', 'entra', o =>
    postgres(o).authentication.password_auth_enabled ? 'password' : 'entra',
  ),
  setting('redis.sku', 'Balanced_B1', o => redis(o).sku_name),
  setting('redis.highAvailability', true, o => redis(o).high_availability_enabled),
  setting('redis.authentication', 'entra', o =>
    redis(o).default_database.access_keys_authentication_enabled ? 'access-key' : 'entra',
  ),
  setting('keyVault.allowedIpRanges', [], o => vault(o).network_acls.ip_rules),
  setting('keyVault.purgeProtection', true, o => vault(o).purge_protection_enabled),
  setting('keyVault.softDeleteRetentionDays', 90, o => vault(o).soft_delete_retention_days),

  setting('azureOpenAi.authentication', 'entra', o =>
    o.resource('azurerm_cognitive_account').local_auth_enabled ? 'key' : 'entra',
  ),
  setting('azureOpenAi.apiVersion', '2025-04-01-preview', o => azureModel(o).litellm_params.api_version),
  setting('azureOpenAi.deployments.0.sku', 'GlobalStandard', o => deployment(o).sku.name),
  setting('azureOpenAi.deployments.0.capacity', 50, o => deployment(o).sku.capacity),
  setting(
    'azureOpenAi.deployments.0.versionUpgrade',
    'NoAutoUpgrade',
    o => deployment(o).version_upgrade_option,
  ),
  setting(
    'azureOpenAi.deployments.0.servedAs',
    undefined,
    o => azureModel(o).model_name,
    (name = 'azure-chat') => name,
  ),
  setting('azureOpenAi.deployments.0.rpm', undefined, o => azureModel(o).litellm_params.rpm),
  setting('azureOpenAi.deployments.0.tpm', undefined, o => azureModel(o).litellm_params.tpm),
  setting(
    'azureOpenAi.deployments.0.inputPrice',
    undefined,
    o => azureModel(o).model_info.input_cost_per_token,
    price => price && price / 1_000_000,
  ),
  setting(
    'azureOpenAi.deployments.0.outputPrice',
    undefined,
    o => azureModel(o).model_info.output_cost_per_token,
    price => price && price / 1_000_000,
  ),
  setting(
    'monitoring.retentionDays',
    90,
    o => o.resource('azurerm_log_analytics_workspace').retention_in_days,
  ),
  setting('monitoring.podLogs', true, o => 'oms_agent' in o.resource('azurerm_kubernetes_cluster')),
  setting(
    'monitoring.scraperNamespaces',
    [],
    o =>
      o
        .object('NetworkPolicy', 'litellm-proxy')
        .spec.ingress.map(
          ({ from }: Json) => from[0].namespaceSelector.matchLabels['kubernetes.io/metadata.name'],
        ),
    names => (names.length > 0 ? ['edge', ...names] : ['ingress']),
  ),
  setting('monitoring.alerts.emails', [], o =>
    Object.values(o.resources('azurerm_monitor_action_group')).flatMap(({ email_receiver }) =>
      email_receiver.map(({ email_address }: Json) => email_address),
    ),
  ),
  setting('monitoring.alerts.actionGroupIds', [], o =>
    (Object.values(o.resources('azurerm_monitor_activity_log_alert'))[0]?.action ?? [])
      .map(({ action_group_id }: Json) => action_group_id)
      .filter((id: string) => !id.startsWith('$')),
  ),

  setting('catalogue.providers.acme.headers', {}, o => acmeModel(o).litellm_params.extra_headers ?? {}),
  setting(
    'catalogue.providers.acme.models.0.upstream',
    undefined,
    o => acmeModel(o).litellm_params.model,
    upstream => (upstream ? `anthropic/${upstream}` : 'openai/acme-large'),
  ),
  setting('catalogue.providers.acme.models.0.rpm', undefined, o => acmeModel(o).litellm_params.rpm),
  setting('catalogue.providers.acme.models.0.tpm', undefined, o => acmeModel(o).litellm_params.tpm),
  setting(
    'catalogue.providers.acme.models.0.inputPrice',
    undefined,
    o => acmeModel(o).model_info?.input_cost_per_token,
    price => price && price / 1_000_000,
  ),
  setting(
    'catalogue.providers.acme.models.0.outputPrice',
    undefined,
    o => acmeModel(o).model_info?.output_cost_per_token,
    price => price && price / 1_000_000,
  ),
  setting('catalogue.aliases', {}, o => (model('old-name')(o) ? { 'old-name': 'umbrella-large' } : {})),
  setting(
    'catalogue.fallbacks',
    {},
    o => o.config.router_settings.fallbacks,
    fallbacks => (Object.keys(fallbacks).length > 0 ? [fallbacks] : undefined),
  ),
  setting(
    'catalogue.contentPolicyFallbacks',
    {},
    o => o.config.router_settings.content_policy_fallbacks,
    fallbacks =>
      // Of the fixture: a model with fallbacks of the other kind, an alias, and the model that it stands for.
      Object.keys(fallbacks).length > 0
        ? [{ 'answers-large': [] }, fallbacks, { 'old-name': ['answers-large'] }]
        : undefined,
  ),

  setting('extensions.mcpServers.docs.transport', 'http', o => o.config.mcp_servers.docs.transport),
  setting(
    'extensions.mcpServers.docs.auth',
    undefined,
    o => o.config.mcp_servers.docs,
    auth =>
      expect.objectContaining(
        auth
          ? { auth_type: auth.type, authentication_token: 'os.environ/DOCS_TOKEN' }
          : { url: 'https://docs.acme.example/mcp' },
      ),
  ),
  setting('extensions.guardrails.0.defaultOn', true, o => o.config.guardrails[0].litellm_params.default_on),
  setting(
    'extensions.guardrails.0.apiKeySecret',
    undefined,
    o => o.config.guardrails[0].litellm_params.api_key,
    secret => secret && 'os.environ/SHIELD_API_KEY',
  ),
  setting('extensions.guardrails.0.options', {}, o => {
    const { guardrail, mode, default_on, api_key, ...options } = o.config.guardrails[0].litellm_params;
    return options;
  }),
  setting('extensions.callbacks', ['prometheus'], o => o.config.litellm_settings.callbacks),
  setting('extensions.allowNoLog', false, o => !o.config.litellm_settings.global_disable_no_log_param),
  setting('extensions.secrets', [], o =>
    'LANGFUSE_SECRET_KEY' in o.variables ? ['langfuse-secret-key'] : [],
  ),

  setting(
    'gateway.image',
    {
      repository: 'ghcr.io/berriai/litellm-non_root',
      tag: 'v1.102.0',
      digest: 'sha256:0fc63424aab32e62185948b7a59180c8ab483cc3e706fcfdf7bf46262297247f',
    },
    o => o.container.image.slice(o.container.image.indexOf('/') + 1),
    image => `${image.repository.replace(/^[^/]+\//, '')}:${image.tag}@${image.digest}`,
  ),
  setting('gateway.replicas.min', 2, o => o.object('HorizontalPodAutoscaler').spec.minReplicas),
  setting('gateway.replicas.max', 10, o => o.object('HorizontalPodAutoscaler').spec.maxReplicas),
  setting('gateway.workers', 1, o => o.variables.NUM_WORKERS, String),
  setting('gateway.resources.requests.cpu', '1', o => o.container.resources.requests.cpu),
  setting('gateway.resources.requests.memory', '4Gi', o => o.container.resources.requests.memory),
  setting('gateway.resources.limits.cpu', '1', o => o.container.resources.limits.cpu),
  setting('gateway.resources.limits.memory', '4Gi', o => o.container.resources.limits.memory),
  setting('gateway.autoscaling.cpu', 60, metric('cpu')),
  setting('gateway.autoscaling.memory', null, metric('memory'), percent => percent ?? undefined),
  setting('gateway.requestTimeoutSeconds', 600, o => o.config.litellm_settings.request_timeout),
  setting(
    'gateway.preStopSeconds',
    5,
    o => o.container.lifecycle.preStop.exec.command,
    seconds => ['sh', '-c', `sleep ${seconds}`],
  ),
  setting(
    'gateway.database.connectionPoolLimit',
    10,
    o => o.config.general_settings.database_connection_pool_limit,
  ),
  setting('gateway.database.batchWriteSeconds', 60, o => o.config.general_settings.proxy_batch_write_at),
  setting(
    'gateway.database.spendLogRetentionDays',
    90,
    o => o.config.general_settings.maximum_spend_logs_retention_period,
    days => `${days}d`,
  ),
  setting(
    'gateway.database.spendLogCleanupTime',
    '01:00',
    o => o.config.general_settings.maximum_spend_logs_cleanup_cron,
    time => ({ '01:00': '0 1 * * *', '22:05': '5 22 * * *' })[String(time)],
  ),
  setting(
    'gateway.database.allowRequestsWhenUnavailable',
    false,
    o => o.config.general_settings.allow_requests_on_db_unavailable,
  ),
  setting('gateway.database.migrationTimeoutSeconds', 900, o => o.object('Job').spec.activeDeadlineSeconds),
  setting(
    'gateway.redis.healthCheckSeconds',
    15,
    o => o.config.litellm_settings.cache_params.health_check_interval,
  ),
  setting('gateway.routing.strategy', 'simple-shuffle', o => o.config.router_settings.routing_strategy),
  setting('gateway.routing.retries', 2, o => o.config.router_settings.num_retries),
  setting(
    'gateway.routing.timeoutRetries',
    0,
    o => o.config.router_settings.retry_policy.TimeoutErrorRetries,
  ),
  setting('gateway.routing.allowedFails', 3, o => o.config.router_settings.allowed_fails),
  setting('gateway.routing.cooldownSeconds', 30, o => o.config.router_settings.cooldown_time),
  setting('gateway.env', {}, o =>
    Object.fromEntries(Object.entries(o.variables).filter(([name]) => name === 'LANGFUSE_HOST')),
  ),
  setting(
    'gateway.settings',
    {},
    o => o.config.litellm_settings.drop_params,
    ({ litellm_settings }) => litellm_settings?.drop_params,
  ),

  setting(
    'ingress.controller',
    'nginx',
    o => o.object('Ingress', 'litellm-proxy').metadata.annotations,
    controller =>
      expect.objectContaining(
        controller === 'nginx'
          ? { 'nginx.org/redirect-to-https': 'True' }
          : { 'nginx.ingress.kubernetes.io/force-ssl-redirect': 'true' },
      ),
  ),
  setting('ingress.className', 'nginx', o => o.object('Ingress', 'litellm-proxy').spec.ingressClassName),
  setting(
    'ingress.namespace',
    'ingress',
    o =>
      o.object('NetworkPolicy', 'litellm-proxy').spec.ingress[0].from[0].namespaceSelector.matchLabels[
        'kubernetes.io/metadata.name'
      ],
  ),
  setting('ingress.exposure', 'public', o =>
    'ingress_address' in o.resources('azurerm_public_ip') ? 'public' : 'internal',
  ),
  setting(
    'ingress.privateAddress',
    undefined,
    o => Object.values(o.resources('azurerm_private_dns_a_record'))[0]?.records,
    address => address && [address],
  ),
  setting('ingress.allowedIpRanges', [], o => {
    const group = publicly(o).resource('azurerm_network_security_group', 'network_nsg_aks');
    const rule = group.security_rule.find(({ name }: Json) => name === 'allow-web');
    return rule.source_address_prefixes ?? [];
  }),
  setting(
    'ingress.acme.server',
    'production',
    o => o.object('Issuer').spec.acme.server,
    server => `https://acme-${server === 'staging' ? 'staging-' : ''}v02.api.letsencrypt.org/directory`,
  ),
  setting('ingress.acme.solver', 'http01', o => Object.keys(o.object('Issuer').spec.acme.solvers[0])[0]),
  setting(
    'ingress.dnsZone',
    undefined,
    o => Object.values(publicly(o).resources('azurerm_dns_a_record'))[0],
    zone =>
      zone &&
      expect.objectContaining({ name: 'ai', zone_name: zone.name, resource_group_name: zone.resourceGroup }),
  ),
  setting(
    'ingress.privateDnsZone',
    undefined,
    o => Object.values(o.resources('azurerm_private_dns_a_record'))[0],
    zone =>
      zone &&
      expect.objectContaining({ name: '@', zone_name: zone.name, resource_group_name: zone.resourceGroup }),
  ),
  setting('ingress.expose.adminUi', false, exposes('/ui')),
  setting('ingress.expose.metrics', false, exposes('/metrics')),
  setting('ingress.expose.apiDocs', false, exposes('/openapi.json')),
  setting(
    'ingress.timeoutMarginSeconds',
    10,
    o =>
      o === byDefault
        ? o.object('Ingress', 'litellm-proxy-api').metadata.annotations['nginx.org/proxy-read-timeout']
        : o.object('Ingress', 'litellm-proxy').metadata.annotations[
            'nginx.ingress.kubernetes.io/proxy-send-timeout'
          ],
    // Of the fixture: 900 s for each of two tries of each of two models.
    margin => (margin === 10 ? '610s' : String(4 * 900 + margin)),
  ),
  setting(
    'ingress.maxBodyMegabytes',
    50,
    o =>
      o.object('Ingress', o === byDefault ? 'litellm-proxy-api' : 'litellm-proxy').metadata.annotations[
        o === byDefault ? 'nginx.org/client-max-body-size' : 'nginx.ingress.kubernetes.io/proxy-body-size'
      ],
    megabytes => `${megabytes}m`,
  ),
  setting('dns.mode', 'minimal', o => (/^com:53,$/m.test(serverBlocks(o)) ? 'full' : 'minimal')),
  setting(
    'dns.publicResolvers',
    ['8.8.8.8', '1.1.1.1'],
    o => /forward \. ((?!168\.63|10\.99).+) \{/.exec(serverBlocks(o))?.[1],
    resolvers => resolvers.join(' '),
  ),
  setting('dns.zones', {}, o =>
    /^corp\.umbrella\.example:53 \{$[^}]+forward \. 10\.99\.0\.4 10\.99\.0\.5 \{$/m.test(serverBlocks(o))
      ? { 'corp.umbrella.example': ['10.99.0.4', '10.99.0.5'] }
      : {},
  ),
];

/** What has no default, so that no two gateways share it by accident. */
const required = [
  'organization',
  'location',
  'host',
  'terraform.backend',
  'terraform.resourceGroup',
  'terraform.storageAccount',
  'azureOpenAi.deployments',
  'azureOpenAi.deployments.0.name',
  'azureOpenAi.deployments.0.model',
  'azureOpenAi.deployments.0.version',
  'catalogue.providers.acme.protocol',
  'catalogue.providers.acme.baseUrl',
  'catalogue.providers.acme.apiKeySecret',
  'catalogue.providers.acme.models',
  'catalogue.providers.acme.models.0.name',
  'extensions.mcpServers.docs.url',
  'extensions.mcpServers.docs.auth.type',
  'extensions.mcpServers.docs.auth.secret',
  'extensions.guardrails.0.name',
  'extensions.guardrails.0.guardrail',
  'extensions.guardrails.0.mode',
  'ingress.acme',
  'ingress.acme.email',
  'ingress.dnsZone.name',
  'ingress.dnsZone.resourceGroup',
  'ingress.privateDnsZone.name',
  'waivers.0.code',
  'waivers.0.reason',
];

const byDefault = render(sparse);
const overridden = render(everything);
const { privateAddress: _, privateDnsZone: __, ...ingress } = everything.ingress;
const overriddenInPublic = render({ ...everything, ingress: { ...ingress, exposure: 'public' } });
const byDefaultWithAlerts = render({
  ...sparse,
  monitoring: { alerts: { emails: ['on-call@acme.example'] } },
});
const byDefaultWithDns01 = render({
  ...sparse,
  subscriptionId: everything.subscriptionId,
  ingress: {
    acme: { ...sparse.ingress.acme, solver: 'dns01' },
    dnsZone: { name: 'acme.example', resourceGroup: 'rg-dns' },
  },
});

describe('every optional setting', () => {
  test.each(settings)('$path is $preset unless given', ({ path, preset, read, as }) => {
    expect(valueAt(byDefault.environment, path)).toEqual(preset);
    expect(read(byDefault)).toEqual(as(preset));
  });

  test.each(settings)('$path reaches the output when given', ({ path, preset, read, as }) => {
    const given = valueAt(overridden.environment, path);
    expect(given).toBeDefined();
    expect(given).not.toEqual(preset);
    expect(read(overridden)).toEqual(as(given));
  });

  test('is listed here, or has no default', () => {
    const known = [...settings.map(({ path }) => path), ...required];
    const unknown = leaves(everything).filter(
      leaf => !known.some(path => leaf === path || leaf.startsWith(`${path}.`)),
    );
    expect(unknown).toEqual([]);
  });
});

test.each(required)('%s has no default: a file without it is refused', path => {
  expect(problemsIn(withValue(everything, path, undefined)).map(problem => problem.path)).toContain(path);
});

describe('an optional section that is left out', () => {
  const least = render(minimal);

  test('terraform keeps the state in a local file', () => {
    expect(Object.keys(least.terraform.terraform.backend)).toEqual(['local']);
  });

  test('azureOpenAi makes no account, no deployment and no model', () => {
    expect(least.resources('azurerm_cognitive_account')).toEqual({});
    expect(least.resources('azurerm_cognitive_deployment')).toEqual({});
    expect(least.config.model_list.map((entry: Json) => entry.model_name)).toEqual(['acme-large']);
    expect(least.variables).not.toHaveProperty('AZURE_OPENAI_ENDPOINT');
  });

  test('mcpServers and guardrails add nothing to config.yaml', () => {
    expect(Object.keys(least.config)).toEqual([
      'model_list',
      'general_settings',
      'litellm_settings',
      'router_settings',
    ]);
  });
});

test('a model given as a word alone is one whose upstream has the same name and no limits', () => {
  expect(render(minimal).config.model_list).toEqual(
    render({ ...sparse, azureOpenAi: undefined }).config.model_list,
  );
});

test('the pods get as long to end as a request may take', () => {
  expect(podSpec(byDefault).terminationGracePeriodSeconds).toBe(620);
  expect(podSpec(overridden).terminationGracePeriodSeconds).toBe(2 * 2 * 900 + 10 + 15);
});
