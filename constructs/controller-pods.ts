/** Pods of an ingress controller: one may drain while the other serves. */
export const replicas = 2;

/** The way in and its certificates outrank the gateway, whose pods displace what has no priority (charts/priority-class.ts). */
export const priorityClassName = 'system-cluster-critical';

/**
 * What the scheduler sets aside: F5's own default, which Traefik's chart leaves out. A pod that requests nothing is the first
 * to go when a node runs short. No limits: one that runs into them drops every connection that it has.
 */
export const resources = { requests: { cpu: '100m', memory: '128Mi' } };

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
