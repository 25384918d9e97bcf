import type { NodePool } from '../config/cluster';

/** AKS's own: how long an upgrade lets pods end. */
const DRAIN_MINUTES = 30;

/**
 * What both pools are told.
 * @param longestEndSeconds how long the slowest pod may take to end
 */
export function poolArguments(
  { vmSize, minCount, maxCount, maxPods, maxSurge, osDiskType }: NodePool,
  longestEndSeconds: number,
) {
  const drainTimeoutInMinutes = Math.max(DRAIN_MINUTES, Math.ceil(longestEndSeconds / 60));
  return {
    vmSize,
    autoScalingEnabled: true,
    minCount,
    maxCount,
    maxPods,
    osDiskType,
    // All three from the start: Azure fills them in, and taking the drain timeout away later replaces the cluster.
    upgradeSettings: { maxSurge, drainTimeoutInMinutes, nodeSoakDurationInMinutes: 0 },
  };
}
