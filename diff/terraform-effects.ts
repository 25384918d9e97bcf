import { danger, type Effect, info, type ValueChange, warning } from './change';
import { withoutKeys } from './replacement';
import { partsOf } from './values';

/** What is lost with a resource of a type that is destroyed or created anew. */
const LOST: Readonly<Record<string, string>> = {
  azurerm_postgresql_flexible_server:
    'every database on it is lost: keys, users, teams and spend. Restore from a backup, or dump before',
  azurerm_postgresql_flexible_server_database: 'the database is lost: keys, users, teams and spend',
  azurerm_managed_redis: 'the cache is lost: rate limits and cooldowns start anew, answers fill in again',
  azurerm_key_vault:
    'every secret in it is lost, the salt key among them: what LiteLLM encrypted stays unreadable. A soft-deleted vault keeps its name; recover it rather than create another',
  azurerm_log_analytics_workspace: 'its logs are lost (recoverable for 14 days)',
  azurerm_storage_account: 'everything stored in it is lost',
  azurerm_storage_container: 'everything stored in it is lost',
  azurerm_monitor_workspace: 'its metrics are lost',
};

const UNWATCHED = 'nobody is called for this any more';

/** What stops working with a resource that holds no data. */
const BROKEN: Readonly<Record<string, string>> = {
  azurerm_kubernetes_cluster:
    'the gateway is away until the new cluster runs and every manifest is applied to it',
  azurerm_kubernetes_cluster_node_pool: 'its pods stop until the new pool is there',
  azurerm_public_ip: 'another address: records and allow lists that name the old one must follow',
  azurerm_user_assigned_identity:
    'another client id: deploy with --outputs-file, synth and apply, or pods cannot log in',
  azurerm_cognitive_account: 'its deployments and keys go with it; the name stays taken until it is purged',
  azurerm_cognitive_deployment: 'clients of the deployment get errors meanwhile',
  azurerm_container_registry: 'pods that start meanwhile cannot pull; the cache fills again',
  azurerm_monitor_action_group: 'whom it names is called no more',
  azurerm_monitor_activity_log_alert: UNWATCHED,
  azurerm_monitor_metric_alert: UNWATCHED,
  azurerm_monitor_scheduled_query_rules_alert_v2: UNWATCHED,
};

const SALT_LOST =
  'the salt key is lost: every credential that LiteLLM encrypted with it becomes unreadable, for ever';

/** What a resource takes with it when it goes. */
export function lossOf(type: string, name: string): Effect[] {
  if (type === 'azurerm_key_vault_secret') {
    const text = /salt/.test(name)
      ? SALT_LOST
      : /master/.test(name)
        ? 'another master key is made: clients that use the old one are locked out'
        : 'the secret is lost; it has to be passed in again';
    return [danger(`data is lost: ${text}`)];
  }
  const lost = LOST[type];
  const broken = BROKEN[type];
  return [...(lost ? [danger(`data is lost: ${lost}`)] : []), ...(broken ? [warning(broken)] : [])];
}

type When = (change: ValueChange, name: string) => boolean;

interface Rule {
  readonly type: RegExp;
  readonly path: RegExp;
  readonly effect: Effect;
  readonly when?: When;
}

const POOL =
  'nodes are replaced: AKS moves every pod of the pool to a temporary pool, and back to the new nodes';
const ROTATED = [
  'fips_enabled',
  'host_encryption_enabled',
  'kubelet_config',
  'kubelet_disk_type',
  'linux_os_config',
  'max_pods',
  'node_public_ip_enabled',
  'only_critical_addons_enabled',
  'os_disk_size_gb',
  'os_disk_type',
  'pod_subnet_id',
  'snapshot_id',
  'ultra_ssd_enabled',
  'vm_size',
  'vnet_subnet_id',
  'zones',
].join('|');
const raisedOnly: When = ({ before, after }) => Number(before) < Number(after);

/** What a change in place does besides; the cycled properties are those of the provider's `cycleNodePoolProperties`. */
const RULES: readonly Rule[] = [
  {
    type: /^azurerm_kubernetes_cluster$/,
    path: new RegExp(`^default_node_pool\\.(${ROTATED})\\b`),
    effect: warning(POOL),
  },
  {
    type: /^azurerm_kubernetes_cluster_node_pool$/,
    path: new RegExp(`^(${ROTATED})\\b`),
    effect: warning(POOL),
  },
  {
    type: /^azurerm_kubernetes_cluster(_node_pool)?$/,
    path: /(^|\.)(orchestrator_version|kubernetes_version|network_data_plane|network_policy)$/,
    effect: warning('nodes are upgraded one by one: pods move'),
  },
  {
    type: /^azurerm_kubernetes_cluster(_node_pool)?$/,
    path: /(^|\.)(min_count|max_count)$/,
    effect: info('the autoscaler follows; no node is replaced'),
  },
  {
    type: /^azurerm_postgresql_flexible_server$/,
    path: /^(sku_name|version|high_availability(\..+)?)$/,
    effect: warning('the server restarts: LiteLLM is without its database for minutes'),
  },
  {
    type: /^azurerm_postgresql_flexible_server$/,
    path: /^version$/,
    effect: warning('a major upgrade cannot be undone: try it on a restored copy'),
    when: raisedOnly,
  },
  {
    type: /^azurerm_managed_redis$/,
    path: /^default_database\.(clustering_policy|geo_replication_group_name|module.*)$/,
    effect: danger(
      'data is lost: the provider deletes the database and creates it anew; rate limits start over',
    ),
  },
  {
    type: /^azurerm_managed_redis$/,
    path: /^sku_name$/,
    effect: warning(
      'in place if Azure can scale to this SKU; otherwise the provider replaces the cache: see the plan',
    ),
  },
  {
    type: /^azurerm_key_vault_secret$/,
    path: /^(value_wo_version|value)$/,
    effect: danger(`data is lost: ${SALT_LOST}`),
    when: (_, name) => /salt/.test(name),
  },
  {
    type: /^azurerm_key_vault_secret$/,
    path: /^value_wo_version$/,
    effect: warning('the secret is written anew; pods see it after a rollout'),
    when: (_, name) => !/salt/.test(name),
  },
  {
    type: /^azurerm_key_vault$/,
    path: /^purge_protection_enabled$/,
    effect: warning('Azure refuses: purge protection cannot be switched off'),
    when: ({ before }) => before === true,
  },
  {
    type: /^azurerm_key_vault$/,
    path: /^soft_delete_retention_days$/,
    effect: warning('Azure refuses: the retention of a vault is set once'),
  },
  {
    type: /^azurerm_(subnet|virtual_network)$/,
    path: /^address_(prefixes|space)$/,
    effect: warning('Azure refuses while addresses outside the new range are in use'),
  },
  {
    type: /^azurerm_cognitive_deployment$/,
    path: /^model\.version$/,
    effect: warning('clients get answers of another model version'),
  },
];

/** What a changed value does to a resource that stays. */
export function effectsOf(type: string, name: string, values: readonly ValueChange[]): Effect[] {
  return values
    .flatMap(partsOf)
    .flatMap(change =>
      RULES.filter(
        ({ type: types, path, when }) =>
          types.test(type) && path.test(withoutKeys(change.path)) && (when?.(change, name) ?? true),
      ).map(({ effect }) => effect),
    );
}
