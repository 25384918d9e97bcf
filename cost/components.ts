import { isFields } from '../output/fields';
import type { Resource } from '../output/references';

/** Something of a resource that Azure charges for as long as it exists. */
export interface Component {
  /** `nodes, Standard_D4s_v5`. */
  readonly label: string;
  /** Key of the price table. */
  readonly key: string;
  /** How many, at the autoscaler's floor and at its ceiling. */
  readonly min: number;
  readonly max: number;
}

/** What is charged on resources because of another one. */
interface Plan {
  /** Whether Defender watches the cluster, and with it the nodes of every pool. */
  readonly defender: boolean;
}

/** What Azure charges for, by type. A resource whose type is in neither list is reported as unknown, never as free. */
const CHARGED: Readonly<Record<string, (resource: Resource, plan: Plan) => Component[]>> = {
  azurerm_kubernetes_cluster: (cluster, plan) => [
    ...(cluster.sku_tier === 'Free'
      ? []
      : [one(`control plane, ${cluster.sku_tier}`, `aks/${cluster.sku_tier}`)]),
    ...nodes(block(cluster.default_node_pool), plan),
    // AKS makes it for the ingress controller's Service; it is in no configuration.
    one('load balancer of the ingress, up to 5 rules', 'loadBalancer/rules'),
  ],
  azurerm_kubernetes_cluster_node_pool: nodes,
  azurerm_container_registry: ({ sku }) => [one(`registry, ${sku}`, `registry/${sku}`)],
  azurerm_postgresql_flexible_server: server => postgres(server),
  azurerm_managed_redis: ({ sku_name, high_availability_enabled }) => {
    const count = high_availability_enabled === false ? 1 : 2;
    return [
      {
        ...one(`${sku_name}${count === 2 ? ', with replica' : ''}`, `redis/${sku_name}`),
        min: count,
        max: count,
      },
    ];
  },
  azurerm_nat_gateway: ({ sku_name }) => [one(`gateway, ${sku_name}`, `natGateway/${sku_name}`)],
  // The address of a StandardV2 gateway has the price of a Standard one.
  azurerm_public_ip: ({ sku }) => [one('address', `publicIp/${String(sku).replace('V2', '')}`)],
  azurerm_private_endpoint: () => [one('endpoint', 'privateEndpoint')],
  azurerm_private_dns_zone: () => [one('zone', 'privateDnsZone')],
  azurerm_dns_zone: () => [one('zone', 'dnsZone')],
  // The first ten metrics of a subscription are free, and nobody knows here which rules are the first.
  azurerm_monitor_metric_alert: () => [one('alert rule, one metric', 'alert/metric')],
  azurerm_monitor_scheduled_query_rules_alert_v2: ({ evaluation_frequency }) => [
    one(`alert rule, ${evaluation_frequency}`, `alert/log-${evaluation_frequency}`),
  ],
};

/** What costs nothing by itself; what flows through some of it does, and is listed with the costs of use. */
const FREE =
  /^azurerm_(resource_group|virtual_network|subnet|network_security_group|\w+_association|private_dns_zone_virtual_network_link|role_assignment|user_assigned_identity|federated_identity_credential|container_registry_cache_rule|managed_redis_access_policy_assignment|postgresql_flexible_server_\w+|key_vault|key_vault_secret|cognitive_account|cognitive_deployment|log_analytics_workspace|monitor_\w+|(private_)?dns_\w+_record|management_lock)$|^(helm_release|kubernetes_\w+|random_\w+|time_\w+|null_resource|terraform_data)$/;

/** What a resource is charged for; `undefined` where this project does not know its type. */
export function componentsOf(type: string, resource: Resource, plan: Plan): Component[] | undefined {
  return CHARGED[type]?.(resource, plan) ?? (FREE.test(type) ? [] : undefined);
}

function one(label: string, key: string): Component {
  return { label, key, min: 1, max: 1 };
}

/** Nodes with their OS disks and, where Defender watches them, its charge per vCPU. */
function nodes(pool: Resource, { defender }: Plan): Component[] {
  const { vm_size: size, os_disk_type: disk } = pool;
  const min = Number(pool.min_count ?? pool.node_count ?? 1);
  const max = Number(pool.max_count ?? pool.node_count ?? min);
  const vcpus = Number(/_[A-Z]+(\d+)/.exec(String(size))?.[1] ?? Number.NaN);
  return [
    { label: `nodes, ${size}`, key: `vm/${size}`, min, max },
    ...(disk === 'Ephemeral'
      ? []
      : [{ label: `OS disks, ${diskFor(vcpus)}`, key: `disk/${diskFor(vcpus)}`, min, max }]),
    ...(defender
      ? [{ label: 'Defender, per vCPU', key: 'defender/vCore', min: min * vcpus, max: max * vcpus }]
      : []),
  ];
}

/** The managed OS disk that AKS takes where none is given (learn.microsoft.com/azure/aks/concepts-storage). */
function diskFor(vcpus: number): string {
  if (vcpus < 8) return 'P10';
  if (vcpus < 16) return 'P15';
  return vcpus < 64 ? 'P20' : 'P30';
}

/** `B_Standard_B2ms` has a price of its own; `GP_Standard_D2ds_v5` is two vCores of the series Ddsv5. */
function postgres({ sku_name, storage_mb, high_availability }: Resource): Component[] {
  const servers = high_availability === undefined || high_availability === null ? 1 : 2;
  const [, tier, size = ''] = /^(B|GP|MO)_Standard_(\w+)$/.exec(String(sku_name)) ?? [];
  const [, family = '', cores = '', suffix = ''] = /^([A-Z]+)(\d+)(\w*)$/.exec(size) ?? [];
  const compute =
    tier === 'B'
      ? { key: `postgres/${size}`, count: servers }
      : { key: `postgres/${family}${suffix.replace('_', '')}`, count: servers * Number(cores) };
  const storage = (Number(storage_mb ?? 32768) / 1024) * servers;
  return [
    {
      label: `server, ${size}${servers === 2 ? ', with standby' : ''}`,
      key: compute.key,
      min: compute.count,
      max: compute.count,
    },
    { label: 'storage, GiB', key: 'postgres/storage', min: storage, max: storage },
  ];
}

function block(value: unknown): Resource {
  const found = Array.isArray(value) ? value[0] : value;
  return isFields(found) ? found : {};
}
