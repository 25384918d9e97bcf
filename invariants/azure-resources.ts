import type { Subject } from './invariant';

/** The resources that invariants read, with the arguments that they read of them. */
type Rendered = Pick<Subject, 'terraform'>;

export interface NodePool {
  readonly vm_size: string;
  readonly min_count: number;
  readonly max_count: number;
  readonly max_pods: number;
  readonly zones?: readonly string[];
  readonly vnet_subnet_id: string;
  readonly upgrade_settings?: { readonly max_surge?: string };
}

interface Cluster {
  readonly kubernetes_version: string;
  readonly sku_tier: string;
  readonly support_plan?: string;
  readonly private_cluster_enabled?: boolean;
  /** The add-on with AKS's managed ingress-nginx. */
  readonly web_app_routing?: object;
  readonly default_node_pool: NodePool;
  readonly network_profile: { readonly pod_cidr: string };
}

interface PostgresServer {
  readonly sku_name: string;
  readonly version: string;
  readonly backup_retention_days: number;
  readonly geo_redundant_backup_enabled: boolean;
  readonly high_availability?: { readonly mode: string };
  readonly lifecycle?: { readonly prevent_destroy?: boolean };
}

interface ManagedRedis {
  readonly sku_name: string;
  readonly high_availability_enabled: boolean;
  readonly default_database: { readonly clustering_policy: string };
}

interface KeyVault {
  readonly name: string;
  readonly purge_protection_enabled: boolean;
  readonly soft_delete_retention_days: number;
}

interface PrivateEndpoint {
  readonly name: string;
  readonly subnet_id: string;
  readonly private_service_connection: { readonly subresource_names: readonly string[] };
  readonly private_dns_zone_group?: { readonly private_dns_zone_ids: readonly string[] };
}

interface Subnet {
  readonly name: string;
  readonly address_prefixes: readonly string[];
}

export const clusterOf = ({ terraform }: Rendered) => terraform.one<Cluster>('azurerm_kubernetes_cluster');

/** The pool that the gateway runs on. */
export const userPoolOf = ({ terraform }: Rendered) =>
  terraform.one<NodePool>('azurerm_kubernetes_cluster_node_pool');

export const postgresOf = ({ terraform }: Rendered) =>
  terraform.one<PostgresServer>('azurerm_postgresql_flexible_server');

export const redisOf = ({ terraform }: Rendered) => terraform.one<ManagedRedis>('azurerm_managed_redis');

export const keyVaultOf = ({ terraform }: Rendered) => terraform.one<KeyVault>('azurerm_key_vault');

export const subnetsOf = ({ terraform }: Rendered) => terraform.all<Subnet>('azurerm_subnet');

export const privateEndpointsOf = ({ terraform }: Rendered) =>
  terraform.all<PrivateEndpoint>('azurerm_private_endpoint');
