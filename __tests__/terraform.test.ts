import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { everything } from './fixtures/everything';
import { minimal, sparse } from './fixtures/minimal';
import { environmentFiles, root } from './helpers/environment';
import { type Json, strings, withValue } from './helpers/objects';
import { type Rendered, render } from './helpers/render';

const rendered = (name: string) => render(environmentFiles().get(name), name);
const article = rendered('article');
const dev = rendered('dev');
const prod = rendered('prod');
const least = render(minimal);
const all = render(everything);
const each: [string, Rendered][] = [
  ['article', article],
  ['dev', dev],
  ['prod', prod],
];

const cluster = (output: Rendered) => output.resource('azurerm_kubernetes_cluster');
const ref = (type: string, name: string, attribute = 'id') => `\${${type}.${name}.${attribute}}`;

describe('state and providers', () => {
  test('state is a local file by default, outside dist and by a relative path', () => {
    expect(dev.terraform.terraform.backend).toEqual({
      local: { path: '../../../../terraform.dev.tfstate' },
    });
  });

  test('state is a blob named after the environment where a storage account is given, reached with Entra', () => {
    expect(prod.terraform.terraform.backend).toEqual({
      azurerm: {
        resource_group_name: 'rg-terraform',
        storage_account_name: 'stexampletfstate',
        container_name: 'tfstate',
        key: 'prod.tfstate',
        use_azuread_auth: true,
      },
    });
  });

  test('Terraform is new enough for write-only arguments, and the providers are pinned exactly', () => {
    const { required_version, required_providers } = dev.terraform.terraform;
    expect(required_version).toBe('>= 1.11.0');
    expect(required_providers).toEqual({
      azurerm: { source: 'hashicorp/azurerm', version: expect.stringMatching(/^4\.\d+\.\d+$/) },
      random: { source: 'hashicorp/random', version: expect.stringMatching(/^3\.\d+\.\d+$/) },
    });
  });

  test('the provider block holds a subscription at most, and never a credential', () => {
    const registration = ['resource_provider_registrations', 'resource_providers_to_register'];
    const keys = (output: Rendered) => Object.keys(output.terraform.provider.azurerm[0]).sort();
    expect(keys(all)).toEqual(['features', ...registration, 'subscription_id']);
    expect(keys(dev)).toEqual(['features', ...registration]);
  });

  test('the subscription is asked for the services that the stack uses, and for no others', () => {
    const [provider] = all.terraform.provider.azurerm;
    expect(provider.resource_provider_registrations).toBe('none');
    expect(provider.resource_providers_to_register).toEqual(
      expect.arrayContaining(['Microsoft.ContainerService', 'Microsoft.Cache', 'microsoft.insights']),
    );
    expect(provider.resource_providers_to_register).not.toContain('Microsoft.MixedReality');
  });

  test('the provider purges on destroy exactly where the environment is meant to be thrown away', () => {
    const features = (output: Rendered) => output.terraform.provider.azurerm[0].features[0];
    expect(features(dev)).toMatchObject({
      resource_group: [{ prevent_deletion_if_contains_resources: false }],
      key_vault: [{ purge_soft_delete_on_destroy: true }],
      cognitive_account: [{ purge_soft_delete_on_destroy: true }],
    });
    expect(features(prod)).toMatchObject({
      resource_group: [{ prevent_deletion_if_contains_resources: true }],
      key_vault: [{ purge_soft_delete_on_destroy: false }],
      cognitive_account: [{ purge_soft_delete_on_destroy: false }],
    });
  });

  /** Read by the add-ons' stack; cdktf keeps what is marked as sensitive out of the outputs file. */
  const clusterAccess = {
    cluster_host: {
      value: ref('azurerm_kubernetes_cluster', 'cluster', 'kube_config[0].host'),
      sensitive: true,
    },
    cluster_ca_certificate: {
      value: ref('azurerm_kubernetes_cluster', 'cluster', 'kube_config[0].cluster_ca_certificate'),
      sensitive: true,
    },
  };

  test('publishes what Azure invents, and nothing else, as outputs under the names that the charts read', () => {
    expect(dev.terraform.output).toEqual({
      gateway_client_id: { value: ref('azurerm_user_assigned_identity', 'gateway_identity', 'client_id') },
      gateway_principal_id: {
        value: ref('azurerm_user_assigned_identity', 'gateway_identity', 'principal_id'),
      },
      tenant_id: { value: ref('data.azurerm_client_config', 'caller', 'tenant_id') },
      ...clusterAccess,
    });
    expect(Object.keys(dev.terraform['//'].outputs.dev)).toEqual(Object.keys(dev.terraform.output));
  });

  test("logical names are the constructs' paths, without hashes", () => {
    for (const [, { terraform }] of each) {
      for (const byName of Object.values<Json>(terraform.resource)) {
        for (const name of Object.keys(byName)) expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
      }
    }
    expect(JSON.stringify(dev.terraform)).not.toMatch(/_[0-9A-F]{8}\b/);
  });

  test('everything that can be tagged carries the tags of its environment', () => {
    const tagged = Object.values<Json>(prod.terraform.resource).flatMap(byName =>
      Object.values<Json>(byName).flatMap(({ tags }) => tags ?? []),
    );
    expect(tagged.length).toBeGreaterThan(20);
    for (const tags of tagged) {
      expect(tags).toEqual({
        'data-classification': 'confidential',
        environment: 'prod',
        'managed-by': 'litellm-aks',
      });
    }
    expect(Object.keys(prod.resource('azurerm_kubernetes_cluster'))).toContain('tags');
  });
});

describe('every resource', () => {
  const places = [
    'azurerm_log_analytics_workspace',
    'azurerm_virtual_network',
    'azurerm_network_security_group',
    'azurerm_public_ip',
    'azurerm_nat_gateway',
    'azurerm_container_registry',
    'azurerm_private_endpoint',
    'azurerm_user_assigned_identity',
    'azurerm_kubernetes_cluster',
    'azurerm_managed_redis',
    'azurerm_cognitive_account',
    'azurerm_key_vault',
    'azurerm_postgresql_flexible_server',
  ];

  test.each(places)('%s lies in the one resource group and in its region', type => {
    const found = Object.values(prod.resources(type));
    expect(found.length).toBeGreaterThan(0);
    for (const resource of found) {
      expect(resource).toMatchObject({
        location: ref('azurerm_resource_group', 'resource_group', 'location'),
        resource_group_name: ref('azurerm_resource_group', 'resource_group', 'name'),
      });
    }
  });

  test('the resource group lies in the region of the environment file', () => {
    expect(prod.resource('azurerm_resource_group')).toMatchObject({
      name: 'rg-llm-prod',
      location: 'eastus2',
    });
  });

  test('a role of an identity says that it is one: Entra takes a while to know a new one', () => {
    for (const [, output] of each) {
      const roles = Object.values(output.resources('azurerm_role_assignment')).filter(({ principal_id }) =>
        /identity/.test(principal_id),
      );
      expect(roles.length).toBeGreaterThan(4);
      for (const { principal_type } of roles) expect(principal_type).toBe('ServicePrincipal');
    }
  });
});

describe('the network', () => {
  const rules = (output: Rendered, role: string): Json[] =>
    output.resource('azurerm_network_security_group', `network_nsg_${role}`).security_rule;
  const rule = (role: string, name: string, output = article) =>
    rules(output, role).find(found => found.name === name);

  test.each([
    ['aks', '10.30.0.0/23'],
    ['pe', '10.30.2.0/24'],
    ['ingress', '10.30.3.0/24'],
  ])('has snet-%s at %s with a security group of its own', (role, range) => {
    for (const [, output] of each) {
      const subnet = output.resource('azurerm_subnet', `network_snet_${role}`);
      expect(subnet.name).toBe(`snet-${role}`);
      expect(subnet.address_prefixes).toEqual([range]);
      const association = `network_nsg_${role}_association`;
      expect(output.resource('azurerm_subnet_network_security_group_association', association)).toEqual({
        subnet_id: ref('azurerm_subnet', `network_snet_${role}`),
        network_security_group_id: ref('azurerm_network_security_group', `network_nsg_${role}`),
      });
    }
  });

  test('lets no subnet out by an address that Azure picks, and makes private endpoints heed the groups', () => {
    for (const subnet of Object.values(article.resources('azurerm_subnet'))) {
      expect(subnet.default_outbound_access_enabled).toBe(false);
      expect(subnet.private_endpoint_network_policies).toBe('NetworkSecurityGroupEnabled');
    }
  });

  test('lets pods on different nodes reach each other: their addresses are no part of the VNet', () => {
    expect(rule('aks', 'allow-pods-to-pods')).toMatchObject({
      access: 'Allow',
      protocol: '*',
      source_address_prefix: '10.244.0.0/16',
      destination_address_prefix: '10.244.0.0/16',
      destination_port_range: '*',
    });
    expect(rule('aks', 'allow-nodes-to-pods')).toMatchObject({
      access: 'Allow',
      source_address_prefix: '10.30.0.0/23',
      destination_address_prefix: '10.244.0.0/16',
    });
  });

  test('lets the internet in at the web ports of the nodes, and nowhere else', () => {
    const fromInternet = ['aks', 'pe', 'ingress'].flatMap(role =>
      rules(article, role).filter(
        found => found.access === 'Allow' && /Internet|^\*$|^0\.0\.0\.0/.test(found.source_address_prefix),
      ),
    );
    expect(fromInternet).toEqual([rule('aks', 'allow-web')]);
    expect(rule('aks', 'allow-web')).toMatchObject({
      source_address_prefix: 'Internet',
      destination_port_ranges: ['80', '443'],
    });
  });

  test('lets nodes reach the data services, the network reach TLS, and nobody else reach private endpoints', () => {
    expect(rule('pe', 'allow-nodes-to-data')).toMatchObject({
      access: 'Allow',
      source_address_prefix: '10.30.0.0/23',
      destination_port_ranges: ['5432', '10000'],
    });
    expect(rule('pe', 'allow-network-to-services')).toMatchObject({
      access: 'Allow',
      source_address_prefix: 'VirtualNetwork',
      destination_port_ranges: ['443'],
    });
  });

  test.each(['pe', 'ingress'])('ends snet-%s with a rule that denies the rest', role => {
    for (const [, output] of each) {
      const last = rules(output, role).at(-1);
      expect(last).toMatchObject({
        access: 'Deny',
        direction: 'Inbound',
        protocol: '*',
        source_address_prefix: '*',
        destination_address_prefix: '*',
        destination_port_range: '*',
      });
      expect(rules(output, role).every(found => found.priority <= last.priority)).toBe(true);
    }
  });

  test('lets the load balancer probe snet-ingress', () => {
    expect(rule('ingress', 'allow-health-probes')).toMatchObject({
      access: 'Allow',
      source_address_prefix: 'AzureLoadBalancer',
    });
  });

  test('gives every rule of a group a priority of its own that Azure accepts', () => {
    for (const role of ['aks', 'pe', 'ingress']) {
      const priorities = rules(article, role).map(({ priority }) => priority);
      expect(new Set(priorities).size).toBe(priorities.length);
      expect(Math.min(...priorities)).toBeGreaterThanOrEqual(100);
      expect(Math.max(...priorities)).toBeLessThanOrEqual(4096);
    }
  });
});

describe('the NAT gateway', () => {
  test('has a public address of its own and serves the node subnet', () => {
    expect(article.resource('azurerm_nat_gateway_public_ip_association')).toEqual({
      nat_gateway_id: ref('azurerm_nat_gateway', 'nat_gateway'),
      public_ip_address_id: ref('azurerm_public_ip', 'nat_gateway_address'),
    });
    expect(article.resource('azurerm_subnet_nat_gateway_association')).toEqual({
      nat_gateway_id: ref('azurerm_nat_gateway', 'nat_gateway'),
      subnet_id: ref('azurerm_subnet', 'network_snet_aks'),
    });
  });

  test.each([
    'Standard',
    'StandardV2',
  ])('of SKU %s has an address of the same SKU, which Azure demands', sku => {
    const output = render({ ...minimal, network: { natGateway: sku } });
    expect(output.resource('azurerm_nat_gateway').sku_name).toBe(sku);
    expect(output.resource('azurerm_public_ip', 'nat_gateway_address')).toMatchObject({
      sku,
      allocation_method: 'Static',
    });
  });

  test('stands before the cluster: AKS refuses a subnet without it', () => {
    for (const [, output] of each) {
      expect(cluster(output).depends_on).toEqual(
        expect.arrayContaining([
          'azurerm_nat_gateway_public_ip_association.nat_gateway_address_association',
          'azurerm_subnet_nat_gateway_association.nat_gateway_subnet_association',
        ]),
      );
      expect(cluster(output).network_profile.outbound_type).toBe('userAssignedNATGateway');
    }
  });
});

describe('the cluster', () => {
  test('has the uptime SLA in every environment that comes with the project', () => {
    for (const [, output] of each) expect(cluster(output).sku_tier).toBe('Standard');
  });

  test('runs Azure CNI Overlay, with the ranges and the DNS Service of the environment file', () => {
    expect(cluster(article).network_profile).toMatchObject({
      network_plugin: 'azure',
      network_plugin_mode: 'overlay',
      load_balancer_sku: 'standard',
      pod_cidr: '10.244.0.0/16',
      service_cidr: '10.0.0.0/16',
      dns_service_ip: '10.0.0.10',
    });
    expect(cluster(all).network_profile.dns_service_ip).toBe('172.20.0.10');
  });

  test('enforces NetworkPolicy with cilium, and with azure in the article: engine and data plane alike', () => {
    const engine = ({ network_policy, network_data_plane }: Json) => [network_policy, network_data_plane];
    expect(engine(cluster(dev).network_profile)).toEqual(['cilium', 'cilium']);
    expect(engine(cluster(prod).network_profile)).toEqual(['cilium', 'cilium']);
    expect(engine(cluster(article).network_profile)).toEqual(['azure', 'azure']);
  });

  test('knows people by Entra only: RBAC in Azure, no local accounts', () => {
    for (const [, output] of each) {
      expect(cluster(output).local_account_disabled).toBe(true);
      expect(cluster(output).azure_active_directory_role_based_access_control).toEqual({
        azure_rbac_enabled: true,
        tenant_id: ref('data.azurerm_client_config', 'caller', 'tenant_id'),
      });
    }
  });

  test('vouches for ServiceAccounts: OIDC issuer and workload identity', () => {
    for (const [, output] of each) {
      expect(cluster(output).oidc_issuer_enabled).toBe(true);
      expect(cluster(output).workload_identity_enabled).toBe(true);
    }
  });

  test('watches itself: Azure Policy, an image cleaner every week, Defender where it is on', () => {
    expect(cluster(prod)).toMatchObject({
      azure_policy_enabled: true,
      image_cleaner_enabled: true,
      image_cleaner_interval_hours: 168,
      microsoft_defender: {
        log_analytics_workspace_id: ref('azurerm_log_analytics_workspace', 'log_analytics'),
      },
    });
  });

  test('fetches secrets from Key Vault, and again when they rotate', () => {
    expect(cluster(dev).key_vault_secrets_provider).toEqual({
      secret_rotation_enabled: true,
      secret_rotation_interval: '2m',
    });
  });

  test('has a system pool that the gateway stays out of and a user pool, both autoscaled, in all zones', () => {
    const userPool = article.resource('azurerm_kubernetes_cluster_node_pool');
    const common = {
      auto_scaling_enabled: true,
      vm_size: 'Standard_D4s_v3',
      zones: ['1', '2', '3'],
      vnet_subnet_id: ref('azurerm_subnet', 'network_snet_aks'),
    };
    expect(cluster(article).default_node_pool).toMatchObject({
      ...common,
      name: 'system',
      only_critical_addons_enabled: true,
      min_count: 1,
      max_count: 3,
    });
    expect(userPool).toMatchObject({ ...common, mode: 'User', min_count: 2, max_count: 5 });
    expect(userPool.kubernetes_cluster_id).toBe(ref('azurerm_kubernetes_cluster', 'cluster'));
  });

  test('surges while it upgrades, and leaves the node count to the autoscaler', () => {
    const userPool = prod.resource('azurerm_kubernetes_cluster_node_pool');
    for (const pool of [cluster(prod).default_node_pool, userPool]) {
      expect(pool.upgrade_settings).toEqual({
        max_surge: '10%',
        drain_timeout_in_minutes: 30,
        node_soak_duration_in_minutes: 0,
      });
    }
    expect(cluster(prod).lifecycle.ignore_changes).toEqual(['default_node_pool[0].node_count']);
    expect(userPool.lifecycle.ignore_changes).toEqual(['node_count']);
  });

  test('upgrades by channel, in one weekly window for cluster and nodes', () => {
    expect(cluster(dev)).toMatchObject({
      automatic_upgrade_channel: 'patch',
      node_os_upgrade_channel: 'NodeImage',
    });
    expect(cluster(dev).maintenance_window_auto_upgrade).toEqual({
      frequency: 'Weekly',
      interval: 1,
      day_of_week: 'Sunday',
      start_time: '02:00',
      utc_offset: '+00:00',
      duration: 4,
    });
    expect(cluster(dev).maintenance_window_node_os).toEqual(cluster(dev).maintenance_window_auto_upgrade);
  });

  test.each([
    { requestTimeoutSeconds: 60, autoscaler: '600', drain: 30 },
    { requestTimeoutSeconds: 3600, autoscaler: '3640', drain: 61 },
  ])('lets pods end for as long as a request of $requestTimeoutSeconds s takes', ({
    requestTimeoutSeconds,
    autoscaler,
    drain,
  }) => {
    const output = render({ ...minimal, gateway: { requestTimeoutSeconds } });
    expect(cluster(output).auto_scaler_profile).toEqual({ max_graceful_termination_sec: autoscaler });
    expect(cluster(output).default_node_pool.upgrade_settings.drain_timeout_in_minutes).toBe(drain);
  });

  test('has the long-term support that Premium is paid for, and no other tier asks for it', () => {
    const support = (tier: string) => cluster(render({ ...minimal, cluster: { tier } })).support_plan;
    expect(support('Premium')).toBe('AKSLongTermSupport');
    expect(support('Standard')).toBeUndefined();
  });

  test('upgrades by hand with the channel none, which the provider knows as no channel', () => {
    const output = render({ ...minimal, cluster: { upgradeChannel: 'none' } });
    expect(cluster(output)).not.toHaveProperty('automatic_upgrade_channel');
  });

  test("runs as the identity that these roles are given to, on Azure Linux, and can change its pools' sizes", () => {
    expect(cluster(dev).identity).toEqual({
      type: 'UserAssigned',
      identity_ids: [ref('azurerm_user_assigned_identity', 'cluster_identity')],
    });
    const userPool = dev.resource('azurerm_kubernetes_cluster_node_pool');
    for (const pool of [cluster(dev).default_node_pool, userPool]) {
      expect(pool.os_sku).toBe('AzureLinux');
      expect(pool.temporary_name_for_rotation).toMatch(/^(system|user)tmp$/);
    }
  });

  test('is private in prod, and public to anybody or to a list elsewhere', () => {
    expect(cluster(prod).private_cluster_enabled).toBe(true);
    expect(cluster(dev).private_cluster_enabled).toBe(false);
    expect(cluster(dev)).not.toHaveProperty('api_server_access_profile');
  });

  test("adds the NAT gateway's address to a list of callers, or its own nodes would be locked out", () => {
    expect(cluster(all).api_server_access_profile.authorized_ip_ranges).toEqual([
      '203.0.113.0/24',
      `${ref('azurerm_public_ip', 'nat_gateway_address', 'ip_address')}/32`,
    ]);
  });

  test('has no list of callers while it is private, which AKS refuses together', () => {
    const output = render({ ...minimal, cluster: { authorizedIpRanges: ['203.0.113.0/24'] } });
    expect(cluster(output)).not.toHaveProperty('api_server_access_profile');
  });

  test('has an identity that may attach nodes and load balancers, and nothing beyond', () => {
    const identity = ref('azurerm_user_assigned_identity', 'cluster_identity', 'principal_id');
    expect(rolesOf(article, identity)).toEqual([
      ['Network Contributor', ref('azurerm_public_ip', 'ingress_address')],
      ['Network Contributor', ref('azurerm_subnet', 'network_snet_aks')],
      ['Network Contributor', ref('azurerm_subnet', 'network_snet_ingress')],
      ['Reader', ref('azurerm_resource_group', 'resource_group')],
    ]);
  });

  test('waits for the roles of its identity', () => {
    const roles = Object.keys(article.resources('azurerm_role_assignment'))
      .filter(name => name.startsWith('cluster_identity_'))
      .map(name => `azurerm_role_assignment.${name}`);
    expect(roles).toHaveLength(4);
    expect(cluster(article).depends_on).toEqual(expect.arrayContaining(roles));
  });

  test('may be administered by whoever applies the stack, or by those that the environment file names', () => {
    const role = 'Azure Kubernetes Service RBAC Cluster Admin';
    const scope = ref('azurerm_kubernetes_cluster', 'cluster');
    const caller = ref('data.azurerm_client_config', 'caller', 'object_id');
    expect(rolesOf(article, caller)).toContainEqual([role, scope]);
    expect(rolesOf(all, caller)).toEqual([]);
    for (const administrator of everything.administrators) {
      expect(rolesOf(all, administrator)).toEqual([
        [role, scope],
        ['Key Vault Secrets Officer', ref('azurerm_key_vault', 'key_vault')],
      ]);
    }
  });

  test('runs the same Kubernetes in its pools as in its control plane', () => {
    expect(cluster(all).kubernetes_version).toBe('1.35');
    expect(cluster(all).default_node_pool.orchestrator_version).toBe('1.35');
    expect(all.resource('azurerm_kubernetes_cluster_node_pool').orchestrator_version).toBe('1.35');
  });

  test("joins its subnet once the security groups are attached: two writers of one subnet get in each other's way", () => {
    const associations = ['aks', 'pe', 'ingress'].map(
      role => `azurerm_subnet_network_security_group_association.network_nsg_${role}_association`,
    );
    expect(cluster(article).depends_on).toEqual(expect.arrayContaining(associations));
    for (const endpoint of Object.values(article.resources('azurerm_private_endpoint'))) {
      expect(endpoint.depends_on).toEqual(associations);
    }
  });
});

/** The roles of a principal with their scopes, sorted. */
/** What is part of a resource: whatever names it, but for what Azure keeps beside it. */
function childrenOf(output: Rendered, parent: string): Map<string, Json> {
  const beside =
    /^azurerm_(private_endpoint|role_assignment|monitor_diagnostic_setting|monitor_metric_alert|key_vault_secret)$/;
  return new Map(
    Object.entries<Json>(output.terraform.resource).flatMap(([type, byName]) =>
      Object.entries<Json>(byName).flatMap(([name, resource]) =>
        !beside.test(type) && JSON.stringify(resource).includes(`\${${parent}.`)
          ? [[`${type}.${name}`, resource] as const]
          : [],
      ),
    ),
  );
}

function rolesOf(output: Rendered, principal: string): [string, string][] {
  return Object.values(output.resources('azurerm_role_assignment'))
    .filter(({ principal_id }) => principal_id === principal)
    .map(({ role_definition_name, scope }): [string, string] => [role_definition_name, scope])
    .sort();
}

describe('the registry', () => {
  test('keeps a copy of the upstream image under its path, and the pods pull exactly that path', () => {
    const rule = article.resource('azurerm_container_registry_cache_rule');
    expect(rule).toMatchObject({
      container_registry_id: ref('azurerm_container_registry', 'registry'),
      source_repo: 'ghcr.io/berriai/litellm-non_root',
      target_repo: 'berriai/litellm-non_root',
    });
    for (const output of [article, all]) {
      const { target_repo } = output.resource('azurerm_container_registry_cache_rule');
      const [registry, ...path] = output.container.image
        .split('@')[0]
        .replace(/:[^:]+$/, '')
        .split('/');
      expect(registry).toBe(output.environment.endpoints.registry);
      expect(path.join('/')).toBe(target_repo);
    }
  });

  test('can have private endpoints, and lets nobody in by password or without one', () => {
    for (const [, output] of each) {
      expect(output.resource('azurerm_container_registry')).toMatchObject({
        sku: 'Premium',
        admin_enabled: false,
        anonymous_pull_enabled: false,
        export_policy_enabled: false,
      });
    }
  });

  test('lets the kubelet pull and nothing more', () => {
    const kubelet = ref('azurerm_kubernetes_cluster', 'cluster', 'kubelet_identity[0].object_id');
    for (const [, output] of each) {
      expect(rolesOf(output, kubelet)).toEqual([['AcrPull', ref('azurerm_container_registry', 'registry')]]);
    }
  });
});

describe('no public data plane', () => {
  const services = [
    ['postgres', 'azurerm_postgresql_flexible_server', 'postgresqlServer', 'postgres.database.azure.com'],
    ['redis', 'azurerm_managed_redis', 'redisEnterprise', 'redis.azure.net'],
    ['registry', 'azurerm_container_registry', 'registry', 'azurecr.io'],
    ['key_vault', 'azurerm_key_vault', 'vault', 'vaultcore.azure.net'],
    ['azure_openai', 'azurerm_cognitive_account', 'account', 'openai.azure.com'],
  ] as const;

  test.each(
    services,
  )('%s has a private endpoint in snet-pe with its zone, linked to the VNet', (name, type, subresource, zone) => {
    for (const [, output] of each) {
      const own = (part: string) => `${name}_private_access_${part}`;
      expect(output.resource('azurerm_private_endpoint', own('endpoint'))).toMatchObject({
        subnet_id: ref('azurerm_subnet', 'network_snet_pe'),
        private_service_connection: {
          private_connection_resource_id: ref(type, name),
          subresource_names: [subresource],
          is_manual_connection: false,
        },
        private_dns_zone_group: { private_dns_zone_ids: [ref('azurerm_private_dns_zone', own('zone'))] },
      });
      expect(output.resource('azurerm_private_dns_zone', own('zone')).name).toBe(`privatelink.${zone}`);
      expect(output.resource('azurerm_private_dns_zone_virtual_network_link', own('link'))).toMatchObject({
        private_dns_zone_name: ref('azurerm_private_dns_zone', own('zone'), 'name'),
        virtual_network_id: ref('azurerm_virtual_network', 'network'),
      });
    }
  });

  test('all of these names resolve in the other VNets that the file names, as those of a private cluster do', () => {
    const hubs = ['rg-hub', 'rg-dr'].map(
      group =>
        `/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/${group}/providers/Microsoft.Network/virtualNetworks/vnet-hub`,
    );
    const linksOf = (file: object) => {
      const output = render({ ...sparse, ...file });
      const links = Object.values(output.resources('azurerm_private_dns_zone_virtual_network_link'));
      return hubs.map(hub => links.filter(link => link.virtual_network_id === hub));
    };
    const zones = services.map(([name]) =>
      ref('azurerm_private_dns_zone', `${name}_private_access_zone`, 'name'),
    );
    const network = { linkedVirtualNetworks: hubs };
    const fqdn = 'azurerm_kubernetes_cluster.cluster.private_fqdn';
    const privately = linksOf({ network });
    for (const links of privately) {
      expect(links.map(link => link.private_dns_zone_name).sort()).toEqual(
        [...zones, `\${replace(${fqdn}, "/^[^.]+[.]/", "")}`].sort(),
      );
      expect(links.find(link => link.private_dns_zone_name.includes('cluster'))).toMatchObject({
        resource_group_name: ref('azurerm_kubernetes_cluster', 'cluster', 'node_resource_group'),
      });
    }
    const names = privately.map(([link]) => link?.name);
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).toMatch(/^link-vnet-hub-[\da-f]{6}$/);

    const publicly = linksOf({ network, cluster: { privateCluster: false } });
    for (const links of publicly) {
      expect(links.map(link => link.private_dns_zone_name).sort()).toEqual([...zones].sort());
    }
    const zone = { name: 'acme.example', resourceGroup: 'rg-dns' };
    const internal = linksOf({
      network,
      subscriptionId: everything.subscriptionId,
      ingress: {
        exposure: 'internal',
        acme: { ...minimal.ingress.acme, solver: 'dns01' },
        dnsZone: zone,
        privateDnsZone: { name: zone.name },
      },
    });
    for (const links of internal) {
      expect(links.map(link => link.private_dns_zone_name)).toContain(
        ref('azurerm_private_dns_zone', 'ingress_record_zone', 'name'),
      );
    }
  });

  test.each([
    ['postgres', 'azurerm_postgresql_flexible_server'],
    ['redis', 'azurerm_managed_redis'],
    ['registry', 'azurerm_container_registry'],
    ['azure_openai', 'azurerm_cognitive_account'],
  ])('%s is changed by one at a time: first its endpoint, then each of its children', (name, type) => {
    const endpoint = `azurerm_private_endpoint.${name}_private_access_endpoint`;
    expect(childrenOf(prod, `${type}.${name}`).size).toBeGreaterThan(0);
    for (const output of [article, dev, prod, all]) {
      const children = childrenOf(output, `${type}.${name}`);
      const waitingFor = new Map(
        [...children].map(([address, { depends_on }]) => [depends_on?.[0], address]),
      );
      const chain = [];
      for (let last = waitingFor.get(endpoint); last; last = waitingFor.get(last)) chain.push(last);
      expect(chain.sort()).toEqual([...children.keys()].sort());
    }
  });

  test.each(services)('%s answers nobody from outside', (_name, type) => {
    const { public_network_access_enabled, public_network_access } = render(sparse).resource(type);
    expect(public_network_access_enabled ?? public_network_access).toBe(
      type === 'azurerm_managed_redis' ? 'Disabled' : false,
    );
  });

  test('Key Vault alone opens up, to the addresses that the environment file names', () => {
    expect(prod.resource('azurerm_key_vault').network_acls).toEqual({
      bypass: 'None',
      default_action: 'Deny',
      ip_rules: [],
    });
    expect(all.resource('azurerm_key_vault')).toMatchObject({
      public_network_access_enabled: true,
      network_acls: { bypass: 'None', default_action: 'Deny', ip_rules: ['203.0.113.7'] },
    });
  });
});

describe('Redis', () => {
  test("is not clustered anywhere: LiteLLM's client is plain, and OSS clusters answer MOVED", () => {
    for (const output of [article, dev, prod, least, all]) {
      expect(output.resource('azurerm_managed_redis').default_database).toMatchObject({
        clustering_policy: 'NoCluster',
        client_protocol: 'Encrypted',
      });
    }
  });

  test('is the smallest one in the article, and highly available in prod', () => {
    expect(article.resource('azurerm_managed_redis')).toMatchObject({
      sku_name: 'Balanced_B0',
      high_availability_enabled: false,
    });
    expect(prod.resource('azurerm_managed_redis').high_availability_enabled).toBe(true);
  });

  test("knows the gateway's identity where access keys are off", () => {
    expect(dev.resource('azurerm_managed_redis').default_database.access_keys_authentication_enabled).toBe(
      false,
    );
    expect(dev.resource('azurerm_managed_redis_access_policy_assignment')).toMatchObject({
      managed_redis_id: ref('azurerm_managed_redis', 'redis'),
      object_id: ref('azurerm_user_assigned_identity', 'gateway_identity', 'principal_id'),
    });
  });

  test('has keys and no login in the article', () => {
    expect(
      article.resource('azurerm_managed_redis').default_database.access_keys_authentication_enabled,
    ).toBe(true);
    expect(article.resources('azurerm_managed_redis_access_policy_assignment')).toEqual({});
  });
});

describe('PostgreSQL', () => {
  const server = (output: Rendered) => output.resource('azurerm_postgresql_flexible_server');

  test('is burstable in the article, and in prod zone-redundant with the longest backups, in another region too', () => {
    expect(server(article)).toMatchObject({ sku_name: 'B_Standard_B2ms', backup_retention_days: 7 });
    expect(server(article)).not.toHaveProperty('high_availability');
    expect(server(prod)).toMatchObject({
      sku_name: 'GP_Standard_D2ds_v5',
      high_availability: { mode: 'ZoneRedundant' },
      backup_retention_days: 35,
      geo_redundant_backup_enabled: true,
    });
  });

  test('takes a password in the article: write-only, read back from the vault, and no identity', () => {
    expect(server(article)).toMatchObject({
      administrator_login: 'litellm',
      administrator_password_wo: ref('ephemeral.azurerm_key_vault_secret', 'database_password', 'value'),
      administrator_password_wo_version: 1,
      authentication: { password_auth_enabled: true, active_directory_auth_enabled: false },
    });
    expect(article.terraform.ephemeral.azurerm_key_vault_secret.database_password).toEqual({
      name: ref('azurerm_key_vault_secret', 'secrets_database_password', 'name'),
      key_vault_id: ref('azurerm_key_vault_secret', 'secrets_database_password', 'key_vault_id'),
      // Unknown until the secret is there, which makes Terraform wait with the read.
      version: ref('azurerm_key_vault_secret', 'secrets_database_password', 'version'),
    });
    expect(article.resources('azurerm_postgresql_flexible_server_active_directory_administrator')).toEqual(
      {},
    );
  });

  test("knows the gateway's identity elsewhere, and no password", () => {
    expect(server(dev).authentication).toEqual({
      active_directory_auth_enabled: true,
      password_auth_enabled: false,
      tenant_id: ref('data.azurerm_client_config', 'caller', 'tenant_id'),
    });
    expect(JSON.stringify(server(dev))).not.toContain('administrator_');
    expect(dev.resource('azurerm_postgresql_flexible_server_active_directory_administrator')).toMatchObject({
      object_id: ref('azurerm_user_assigned_identity', 'gateway_identity', 'principal_id'),
      principal_name: ref('azurerm_user_assigned_identity', 'gateway_identity', 'name'),
      principal_type: 'ServicePrincipal',
    });
  });

  test('grows its disk by itself, and a failover is no change to undo', () => {
    expect(server(prod).auto_grow_enabled).toBe(true);
    expect(server(prod).lifecycle.ignore_changes).toEqual([
      'zone',
      'high_availability[0].standby_availability_zone',
      'storage_mb',
    ]);
  });

  test('is restored, in docs/operations.md, under the addresses that it has', () => {
    const names = readFileSync(join(root, 'docs/operations.md'), 'utf8').match(
      /azurerm_postgresql_\w+\.\w+/g,
    );
    const resources: Record<string, object> = prod.terraform.resource;
    const addresses = Object.entries(resources).flatMap(([type, named]) =>
      type.startsWith('azurerm_postgresql_') ? Object.keys(named).map(name => `${type}.${name}`) : [],
    );
    expect([...new Set(names)].sort()).toEqual(addresses.sort());
  });
});

describe('Azure OpenAI', () => {
  test("deploys the article's model in the article and a current one elsewhere, pinned to a version", () => {
    expect(article.resource('azurerm_cognitive_deployment').model).toEqual({
      format: 'OpenAI',
      name: 'gpt-4o',
      version: '2024-11-20',
    });
    for (const output of [dev, prod]) {
      expect(output.resource('azurerm_cognitive_account')).toMatchObject({ kind: 'OpenAI', sku_name: 'S0' });
      const name = 'azure_openai_deployments_gpt_5_6_terra';
      expect(output.resource('azurerm_cognitive_deployment', name)).toMatchObject({
        cognitive_account_id: ref('azurerm_cognitive_account', 'azure_openai'),
        name: 'gpt-5.6-terra',
        model: { name: 'gpt-5.6-terra', version: '2026-07-09' },
        sku: { name: 'GlobalStandard' },
        version_upgrade_option: 'NoAutoUpgrade',
      });
    }
  });

  test('has a second quota in prod, which keeps prompts in the data zone', () => {
    const deployments = Object.values(prod.resources('azurerm_cognitive_deployment'));
    expect(deployments.map(({ model, sku }) => [model.name, sku.name])).toEqual([
      ['gpt-5.6-terra', 'GlobalStandard'],
      ['gpt-5.6-terra', 'DataZoneStandard'],
    ]);
  });

  test("takes tokens of the gateway's identity and no key, except in the article", () => {
    const account = (output: Rendered) => output.resource('azurerm_cognitive_account');
    const gateway = ref('azurerm_user_assigned_identity', 'gateway_identity', 'principal_id');
    const role = ['Cognitive Services OpenAI User', ref('azurerm_cognitive_account', 'azure_openai')];
    expect(account(dev).local_auth_enabled).toBe(false);
    expect(rolesOf(dev, gateway)).toContainEqual(role);
    expect(account(article).local_auth_enabled).toBe(true);
    expect(rolesOf(article, gateway)).not.toContainEqual(role);
  });

  test('has a host name of its own, which private endpoints and tokens need', () => {
    const { name, custom_subdomain_name } = dev.resource('azurerm_cognitive_account');
    expect(custom_subdomain_name).toBe(name);
  });

  test('makes deployments one after the other: an account answers 409 to two at once', () => {
    const model = { model: 'gpt-5.1', version: '2025-11-13' };
    const deployments = ['first', 'second', 'third'].map(name => ({ name, ...model }));
    const output = render({ ...sparse, azureOpenAi: { deployments } });
    const dependencies = Object.values(output.resources('azurerm_cognitive_deployment')).map(
      ({ depends_on }) => depends_on,
    );
    expect(dependencies).toEqual([
      ['azurerm_private_endpoint.azure_openai_private_access_endpoint'],
      ['azurerm_cognitive_deployment.azure_openai_deployments_first'],
      ['azurerm_cognitive_deployment.azure_openai_deployments_second'],
    ]);
  });
});

describe("the gateway's identity", () => {
  test('is trusted for one ServiceAccount of one cluster', () => {
    expect(dev.resource('azurerm_federated_identity_credential')).toMatchObject({
      parent_id: ref('azurerm_user_assigned_identity', 'gateway_identity'),
      issuer: ref('azurerm_kubernetes_cluster', 'cluster', 'oidc_issuer_url'),
      audience: ['api://AzureADTokenExchange'],
      subject: 'system:serviceaccount:litellm:litellm-proxy',
    });
  });

  test('may read secrets and call models, and nothing more', () => {
    const gateway = ref('azurerm_user_assigned_identity', 'gateway_identity', 'principal_id');
    expect(rolesOf(prod, gateway)).toEqual([
      ['Cognitive Services OpenAI User', ref('azurerm_cognitive_account', 'azure_openai')],
      ['Key Vault Secrets User', ref('azurerm_key_vault', 'key_vault')],
    ]);
  });
});

describe('secrets', () => {
  const secrets = (output: Rendered) => output.resources('azurerm_key_vault_secret');
  const versions = (output: Rendered) =>
    Object.fromEntries(
      Object.values(secrets(output)).map(({ name, value_wo_version }) => [name, value_wo_version]),
    );

  test('are written by write-only arguments: neither plan nor state holds a value', () => {
    for (const output of [article, dev, prod, all]) {
      for (const secret of Object.values(secrets(output))) {
        expect(secret).not.toHaveProperty('value');
        expect(secret.value_wo).toMatch(/^(sk-)?\$\{[^}]+\}$/);
        expect(secret.value_wo_version).toBeGreaterThanOrEqual(1);
      }
    }
  });

  test('come from ephemeral values and variables, except for the keys that services make themselves', () => {
    const sources = (output: Rendered) =>
      Object.fromEntries(Object.values(secrets(output)).map(({ name, value_wo }) => [name, value_wo]));
    expect(sources(article)).toEqual({
      'litellm-master-key': `sk-${ref('ephemeral.random_password', 'litellm_master_key', 'result')}`,
      'litellm-salt-key': `sk-${ref('ephemeral.random_password', 'litellm_salt_key', 'result')}`,
      'database-password': ref('ephemeral.random_password', 'database_password', 'result'),
      'redis-password': expect.stringMatching(/^\$\{azurerm_managed_redis\.redis\..*primary_access_key\}$/),
      'azure-openai-key': ref('azurerm_cognitive_account', 'azure_openai', 'primary_access_key'),
      'opencode-zen-api-key': `\${var.opencode_zen_api_key}`,
      'opencode-go-api-key': `\${var.opencode_go_api_key}`,
    });
    expect(Object.keys(sources(prod))).toEqual([
      'litellm-master-key',
      'litellm-salt-key',
      'opencode-go-api-key',
    ]);
  });

  test('are long and safe in a URL where Terraform makes them', () => {
    for (const password of Object.values<Json>(article.terraform.ephemeral.random_password)) {
      expect(password).toEqual({ length: 48, special: false });
    }
  });

  test('are asked of whoever applies, in variables that Terraform forgets', () => {
    for (const variable of Object.values<Json>(article.terraform.variable)) {
      expect(variable).toMatchObject({ type: 'string', sensitive: true, ephemeral: true, nullable: false });
      expect(variable).not.toHaveProperty('default');
    }
    expect(Object.keys(article.terraform.variable)).toEqual(['opencode_zen_api_key', 'opencode_go_api_key']);
  });

  test('are written once an administrator may write and the vault can be reached, which the cluster outlasts', () => {
    for (const secret of [...Object.values(secrets(prod)), ...Object.values(secrets(article))]) {
      expect(secret.depends_on).toEqual([
        'azurerm_role_assignment.key_vault_administrator_0',
        'azurerm_private_endpoint.key_vault_private_access_endpoint',
        'azurerm_kubernetes_cluster.cluster',
      ]);
    }
  });

  test('are all written anew when secretsRevision is raised, but for the salt key', () => {
    const raised = render(withValue(environmentFiles().get('article'), 'secretsRevision', 3), 'article');
    const expected = Object.keys(versions(article)).map(name => [name, name === 'litellm-salt-key' ? 1 : 3]);
    expect(Object.values(versions(article)).every(version => version === 1)).toBe(true);
    expect(versions(raised)).toEqual(Object.fromEntries(expected));
    expect(raised.resource('azurerm_postgresql_flexible_server').administrator_password_wo_version).toBe(3);
  });

  test('are nowhere in the JSON: no string reads like a credential', () => {
    for (const output of [article, dev, prod, all]) {
      const suspicious = strings(output.terraform).filter(text =>
        /sk-\w{8}|password=|AccountKey|BEGIN [A-Z ]*KEY/.test(text),
      );
      expect(suspicious).toEqual([]);
    }
  });
});

describe('deletion protection', () => {
  const guarded = [
    ['azurerm_postgresql_flexible_server', 'postgres'],
    ['azurerm_postgresql_flexible_server_database', 'postgres_database'],
    ['azurerm_key_vault', 'key_vault'],
    ['azurerm_key_vault_secret', 'secrets_litellm_salt_key'],
    ['azurerm_cognitive_account', 'azure_openai'],
  ] as const;

  test.each(guarded)('keeps Terraform from destroying %s.%s, unless it is off', (type, name) => {
    const prevents = (output: Rendered) => output.resource(type, name).lifecycle.prevent_destroy;
    expect(prevents(prod)).toBe(true);
    expect(prevents(dev)).toBe(false);
  });

  test('leaves secrets that can be written again alone', () => {
    const { lifecycle } = prod.resource('azurerm_key_vault_secret', 'secrets_litellm_master_key');
    expect(lifecycle?.prevent_destroy ?? false).toBe(false);
  });
});

describe('the ingress address', () => {
  const record = (host: string, zone: string) =>
    render({
      ...minimal,
      host,
      ingress: { ...minimal.ingress, dnsZone: { name: zone, resourceGroup: 'rg-dns' } },
    }).resource('azurerm_dns_a_record');

  test('is static, and the A record points to it', () => {
    expect(article.resource('azurerm_public_ip', 'ingress_address')).toMatchObject({
      sku: 'Standard',
      allocation_method: 'Static',
    });
    expect(record('llm.acme.example', 'acme.example')).toEqual({
      name: 'llm',
      zone_name: 'acme.example',
      resource_group_name: 'rg-dns',
      ttl: 60,
      records: [ref('azurerm_public_ip', 'ingress_address', 'ip_address')],
      tags: expect.anything(),
    });
  });

  test.each([
    ['a.b.acme.example', 'acme.example', 'a.b'],
    ['acme.example', 'acme.example', '@'],
  ])('of %s in zone %s is recorded as %s', (host, zone, name) => {
    expect(record(host, zone).name).toBe(name);
  });
});

describe('diagnostics', () => {
  test.each([
    [
      'registry',
      'azurerm_container_registry',
      ['ContainerRegistryLoginEvents', 'ContainerRegistryRepositoryEvents'],
    ],
    [
      'cluster',
      'azurerm_kubernetes_cluster',
      ['kube-audit-admin', 'guard', 'kube-apiserver', 'cluster-autoscaler'],
    ],
    ['redis', 'azurerm_managed_redis', undefined],
    ['azure_openai', 'azurerm_cognitive_account', ['Audit', 'RequestResponse']],
    ['key_vault', 'azurerm_key_vault', ['AuditEvent']],
    ['postgres', 'azurerm_postgresql_flexible_server', ['PostgreSQLLogs']],
  ])('of %s go to Log Analytics', (name, type, categories) => {
    const setting = prod.resource('azurerm_monitor_diagnostic_setting', `${name}_diagnostics`);
    expect(setting.target_resource_id).toBe(ref(type, name));
    expect(setting.log_analytics_workspace_id).toBe(ref('azurerm_log_analytics_workspace', 'log_analytics'));
    const metered = ['cluster', 'redis', 'azure_openai', 'postgres'].includes(name);
    expect((setting.enabled_metric ?? []).map(({ category }: Json) => category)).toEqual(
      metered ? ['AllMetrics'] : [],
    );
    expect((setting.enabled_log ?? []).map(({ category }: Json) => category)).toEqual(categories ?? []);
  });

  test('of pods are collected by their rule, without what holds environment variables', () => {
    const workspace = ref('azurerm_log_analytics_workspace', 'log_analytics');
    const cluster = prod.resource('azurerm_kubernetes_cluster', 'cluster');
    expect(cluster.oms_agent).toEqual({
      log_analytics_workspace_id: workspace,
      msi_auth_for_monitoring_enabled: true,
    });
    const rule = prod.resource('azurerm_monitor_data_collection_rule', 'cluster_pod_logs');
    const streams = ['Microsoft-ContainerLogV2', 'Microsoft-KubeEvents', 'Microsoft-KubePodInventory'];
    expect(rule.destinations.log_analytics).toEqual([
      { name: 'log-analytics', workspace_resource_id: workspace },
    ]);
    expect(rule.data_flow).toEqual([{ streams, destinations: ['log-analytics'] }]);
    expect(rule.data_sources.extension[0]).toMatchObject({ extension_name: 'ContainerInsights', streams });
    const collected = JSON.parse(rule.data_sources.extension[0].extension_json).dataCollectionSettings;
    expect(collected).toMatchObject({ enableContainerLogV2: true, namespaceFilteringMode: 'Off' });
    expect(
      prod.resource('azurerm_monitor_data_collection_rule_association', 'cluster_pod_logs_association'),
    ).toMatchObject({
      // The agent takes no other name.
      name: 'ContainerInsightsExtension',
      target_resource_id: ref('azurerm_kubernetes_cluster', 'cluster'),
      data_collection_rule_id: ref('azurerm_monitor_data_collection_rule', 'cluster_pod_logs'),
    });
    const { resource } = article.terraform;
    expect(resource.azurerm_monitor_data_collection_rule).toBeUndefined();
  });

  test("are written by Entra's tokens alone, unless Defender is on, whose sensor has the workspace's key", () => {
    const keys = (output: Rendered) =>
      output.resource('azurerm_log_analytics_workspace').local_authentication_enabled;
    expect([dev, prod].map(output => cluster(output).microsoft_defender !== undefined)).toEqual([
      false,
      true,
    ]);
    expect([dev, prod].map(keys)).toEqual([false, true]);
  });

  test('of Redis connections are logged by its database', () => {
    const setting = prod.resource('azurerm_monitor_diagnostic_setting', 'redis_database_diagnostics');
    expect(setting.target_resource_id).toBe(`${ref('azurerm_managed_redis', 'redis')}/databases/default`);
    expect(setting.enabled_log).toEqual([expect.objectContaining({ category: 'ConnectionEvents' })]);
  });
});
