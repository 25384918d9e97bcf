import type { ValueChange } from './change';
import documented from './data/azurerm-forces-replacement.json';
import { partsOf } from './values';

type Rule = (before: unknown, after: unknown) => boolean;

const always: Rule = () => true;
const never: Rule = () => false;
const whenSet: Rule = before => before !== undefined && before !== '';
const unlessTo =
  (...targets: unknown[]): Rule =>
  (before, after) =>
    whenSet(before, after) && !targets.includes(after);
const linux = /^(Ubuntu|AzureLinux)/;

/**
 * Where the documentation says too much or too little: what the provider's own code decides at plan time. Read in
 * hashicorp/terraform-provider-azurerm, internal/services, the functions CustomizeDiff and Schema of each resource
 * (source of 2026-08, after 4.81; none of these changed in its changelog since), and compared with what that provider
 * plans for an edit of each single argument that the stacks of this project set.
 */
const BY_CODE: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  azurerm_kubernetes_cluster: {
    'default_node_pool.name': always,
    'network_profile.network_data_plane': unlessTo('cilium'),
    'network_profile.network_policy': unlessTo('cilium'),
    'network_profile.network_plugin': always,
    'network_profile.network_plugin_mode': (_, after) => String(after).toLowerCase() !== 'overlay',
    'network_profile.pod_cidr': whenSet,
    'network_profile.pod_cidrs': whenSet,
    oidc_issuer_enabled: before => before === true,
    'default_node_pool.upgrade_settings.drain_timeout_in_minutes': (before, after) => !!before && !after,
  },
  azurerm_kubernetes_cluster_node_pool: {
    os_sku: (before, after) => !linux.test(String(before)) || !linux.test(String(after)),
    'upgrade_settings.drain_timeout_in_minutes': (before, after) => !!before && !after,
    'upgrade_settings.undrainable_node_behavior': (before, after) => !!before && !after,
  },
  azurerm_postgresql_flexible_server: {
    // A newer major version is an upgrade in place; there is none back.
    version: (before, after) => Number(before) > Number(after),
    administrator_login: whenSet,
    // A disk grows in place and never shrinks.
    storage_mb: (before, after) => Number(before) > Number(after),
  },
  azurerm_cognitive_account: {
    custom_subdomain_name: whenSet,
    kind: (before, after) => ![before, after].every(kind => kind === 'OpenAI' || kind === 'AIServices'),
    project_management_enabled: never,
  },
  azurerm_log_analytics_workspace: {
    sku: (before, after) =>
      before !== 'LACluster' &&
      ![before, after].every(sku => sku === 'PerGB2018' || sku === 'CapacityReservation'),
  },
  azurerm_federated_identity_credential: {
    // The name of user_assigned_identity_id before 4.6x; the documentation lists the newer one alone.
    parent_id: always,
    resource_group_name: always,
  },
};

/**
 * Arguments that stay as they are when they leave the configuration: the provider computes them, or their default is
 * what this project sets.
 */
const KEPT: Readonly<Record<string, readonly string[] | undefined>> = {
  azurerm_kubernetes_cluster: [
    'node_resource_group',
    'oidc_issuer_enabled',
    'private_dns_zone_id',
    'network_profile.dns_service_ip',
    'network_profile.load_balancer_sku',
    'network_profile.network_policy',
    'network_profile.pod_cidr',
    'network_profile.service_cidr',
  ],
  azurerm_kubernetes_cluster_node_pool: ['os_sku'],
  azurerm_log_analytics_workspace: ['sku'],
  azurerm_postgresql_flexible_server: ['administrator_login'],
  azurerm_postgresql_flexible_server_database: ['charset', 'collation'],
  azurerm_role_assignment: ['name', 'principal_type', 'role_definition_id', 'role_definition_name'],
};

const DOCUMENTED: Readonly<Record<string, readonly string[] | undefined>> = documented.resources;

/** Whether this project knows what replaces a resource of a type. */
export function isKnownType(type: string): boolean {
  return type in DOCUMENTED;
}

/** Whether Terraform has to destroy the resource and create it anew to change a value, or one in a block of it. */
export function forcesReplacement(type: string, change: ValueChange): boolean {
  return partsOf(change).some(({ path, before, after }) => {
    const argument = withoutKeys(path);
    if (after === undefined && KEPT[type]?.includes(argument)) return false;
    const rule = BY_CODE[type]?.[argument];
    return rule ? rule(before, after) : (DOCUMENTED[type] ?? []).includes(argument);
  });
}

/** `security_rule[allow-web].access` as the provider's documentation calls it. */
export function withoutKeys(path: string): string {
  return path.replaceAll(/\[[^\]]*\]/g, '');
}
