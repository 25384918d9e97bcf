/**
 * Names of the invariants that are broken by a defect, or by what Azure refuses in any environment: no reason makes
 * these right.
 */
export const firmCodes = [
  'network-overlap',
  'postgres-high-availability',
  'image-denied',
  'image-floating-tag',
  'timeout-litellm',
  'federated-subject',
  'private-endpoint-dns',
  'private-endpoint-egress',
  'variable-source',
  'secret-source',
  'config-map-size',
  'redis-cluster-policy',
] as const;

/** Names of those that a person may know better about, and waive with a reason. */
export const waivableCodes = [
  'database-connections',
  'database-connections-draining',
  'timeout-grace-period',
  'timeout-ingress',
  'node-capacity',
  'node-capacity-rollout',
  'size-unknown',
  'pod-spread',
  'disruption-budget',
  'subnet-size',
  'pod-range',
  'region-unknown',
  'region-zones',
  'redis-high-availability',
  'postgres-region',
  'postgres-region-offer',
  'kubernetes-support',
  'postgres-support',
  'controller-support',
  'model-retirement',
  'model-unpriced',
  'class-deletion',
  'class-backup',
  'class-geo-backup',
  'class-burstable',
  'class-cache-standby',
  'class-database-standby',
  'class-zones',
  'class-tier',
  'class-logs',
  'class-alerts',
] as const;

/** Stable: people search for them, and waive by them. docs/invariants.md explains each. */
export type InvariantCode = (typeof firmCodes)[number] | (typeof waivableCodes)[number];
