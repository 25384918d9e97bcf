import { KNOWN_AFTER_APPLY } from '../contract/outputs';
import type { Layer, ValueChange } from './change';
import { partsOf } from './values';

interface Topic {
  readonly name: string;
  readonly kind: RegExp;
  /** Where in it; left out where the whole kind is about security. */
  readonly path?: RegExp;
  /** The value that is the stricter one, where there is one. */
  readonly strict?: (value: unknown) => boolean;
}

/** Azure's default is mostly the lax one, so a value that is not set is never the strict one. */
const off = (value: unknown) => value === false || value === 'Disabled';
const on = (value: unknown) => value === true;
const notEmpty = (value: unknown) => Array.isArray(value) && value.length > 0;

const TERRAFORM: readonly Topic[] = [
  { name: 'public access', kind: /./, path: /(^|\.)public_network_access(_enabled)?$/, strict: off },
  { name: 'public access', kind: /^azurerm_key_vault$/, path: /^network_acls\.(ip_rules|bypass)/ },
  {
    name: 'public access',
    kind: /./,
    path: /(^|\.)default_action$/,
    strict: value => value === 'Deny',
  },
  { name: 'public access', kind: /./, path: /private_cluster_enabled$/, strict: on },
  { name: 'public access', kind: /./, path: /authorized_ip_ranges$/, strict: notEmpty },
  { name: 'public access', kind: /./, path: /^api_server_access_profile$/ },
  { name: 'public access', kind: /^azurerm_private_endpoint$/, path: /^$/ },
  { name: 'public access', kind: /./, path: /default_outbound_access_enabled$/, strict: off },
  { name: 'network rules', kind: /^azurerm_network_security_group$/, path: /^security_rule/ },
  { name: 'network rules', kind: /^azurerm_subnet_network_security_group_association$/ },
  { name: 'network policy', kind: /./, path: /(^|\.)network_(policy|data_plane)$/ },
  { name: 'roles', kind: /^azurerm_role_(assignment|definition)$/ },
  { name: 'roles', kind: /_(active_directory_administrator|access_policy_assignment|access_policy)$/ },
  { name: 'roles', kind: /^azurerm_federated_identity_credential$/ },
  {
    name: 'log-in',
    kind: /./,
    path: /(^|\.)(local_auth|local_authentication|password_auth|access_keys_authentication|admin|anonymous_pull|export_policy|run_command)_enabled$/,
    strict: off,
  },
  {
    name: 'log-in',
    kind: /./,
    path: /(^|\.)(local_account_disabled|rbac_authorization_enabled|azure_rbac_enabled|active_directory_auth_enabled)$/,
    strict: on,
  },
  {
    name: 'TLS',
    kind: /./,
    path: /(^|\.)(minimum_tls_version|min_tls_version|client_protocol|ssl_enforcement)/,
  },
  { name: 'encryption', kind: /./, path: /host_encryption_enabled$/, strict: on },
  {
    name: 'deletion protection',
    kind: /./,
    path: /(^|\.)(prevent_destroy|purge_protection_enabled)$/,
    strict: on,
  },
  { name: 'threat detection', kind: /./, path: /^(microsoft_defender|azure_policy_enabled)/ },
  { name: 'audit logs', kind: /^azurerm_monitor_diagnostic_setting$/ },
  { name: 'image', kind: /^azurerm_container_registry_cache_rule$/, path: /_repo$/ },
];

const KUBERNETES: readonly Topic[] = [
  { name: 'network policy', kind: /^NetworkPolicy$/ },
  { name: 'roles', kind: /^(Cluster)?Role(Binding)?$/ },
  { name: 'roles', kind: /^ServiceAccount$/, path: /^$|annotations/ },
  { name: 'Pod Security', kind: /^Namespace$/, path: /pod-security/ },
  {
    name: 'Pod Security',
    kind: /./,
    path: /(securityContext|hostNetwork|hostPID|hostIPC|hostPath|automountServiceAccountToken)/,
  },
  { name: 'image', kind: /./, path: /(^|\.)(containers|initContainers)\[[^\]]*\](\.image)?$/ },
  { name: 'TLS', kind: /^Ingress$/, path: /(^|\.)tls|hsts|ssl/ },
  { name: 'TLS', kind: /^(Certificate|Issuer|ClusterIssuer)$/ },
  {
    name: 'public access',
    kind: /^(Service|NginxIngressController|Gateway)$/,
    path: /^spec\.type$|loadBalancerSourceRanges|azure-(load-balancer-internal|allowed-ip-ranges)/,
  },
  { name: 'secrets', kind: /^(Secret|SecretProviderClass)$/, path: /secretObjects|parameters|^type$|^$/ },
];

/**
 * The values with what a reviewer of security has to know about them, and the topics that they touch. A resource or
 * block that comes or goes is judged by what it holds.
 */
export function securityOf(
  layer: Layer,
  kind: string,
  values: readonly ValueChange[],
): { values: ValueChange[]; topics: string[] } {
  const topics = (layer === 'terraform' ? TERRAFORM : KUBERNETES).filter(topic => topic.kind.test(kind));
  const found = new Set<string>();
  const judged = values.map(change => {
    // What follows from another replacement is a new id of the same thing.
    if (change.after === KNOWN_AFTER_APPLY) return change;
    const notes = new Set<string>();
    for (const part of partsOf(change)) {
      for (const topic of topics.filter(({ path }) => path?.test(part.path) ?? true)) {
        const turn = turnOf(topic, part, change.path === '');
        if (turn === 'as before') continue;
        found.add(topic.name);
        if (turn) notes.add(`${topic.name}, ${turn}`);
      }
    }
    return notes.size > 0 ? { ...change, notes: [...(change.notes ?? []), ...notes] } : change;
  });
  return { values: judged, topics: [...found] };
}

/**
 * Which way a value goes, where there is a stricter one.
 * @param whole whether the resource itself comes or goes: then only what is lax in a new one matters
 */
function turnOf(
  { strict }: Topic,
  { before, after }: ValueChange,
  whole: boolean,
): 'weaker' | 'stricter' | 'as before' | undefined {
  if (!strict) return undefined;
  if (whole) return after !== undefined && !strict(after) ? 'weaker' : 'as before';
  if (strict(before) === strict(after)) return undefined;
  return strict(after) ? 'stricter' : 'weaker';
}
