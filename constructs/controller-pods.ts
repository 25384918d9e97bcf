/** Pods of an ingress controller: one may drain while the other serves. */
export const replicas = 2;

/** The way in and its certificates outrank the gateway, whose pods displace what has no priority (charts/priority-class.ts). */
export const priorityClassName = 'system-cluster-critical';

/**
 * Goes on as before when its end begins: a controller that is told to end refuses connections at once, and the load balancer
 * still sends some. The kubelet waits by itself, whatever the image has.
 */
export function lingering(seconds: number): object {
  return { preStop: { sleep: { seconds } } };
}

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
