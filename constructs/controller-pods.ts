/** Pods of an ingress controller: one may drain while the other serves. */
export const replicas = 2;

/** The way in and its certificates outrank the gateway, whose pods displace what has no priority (charts/priority-class.ts). */
export const priorityClassName = 'system-cluster-critical';

/** Prefers two nodes. */
export function spreadOverNodes(name: string): object[] {
  return [
    {
      maxSkew: 1,
      topologyKey: 'kubernetes.io/hostname',
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: { 'app.kubernetes.io/name': name } },
    },
  ];
}
