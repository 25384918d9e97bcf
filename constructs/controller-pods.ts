import type { Environment } from '../config/environment';

/** Pods of an ingress controller: one may drain while the other serves. */
export const replicas = 2;

/** The way in and its certificates outrank the gateway, whose pods displace what has no priority (charts/priority-class.ts). */
export const priorityClassName = 'system-cluster-critical';

/** Seconds left for the process itself, after the last request had its time. */
const EXIT_SECONDS = 15;

/** How long a pod of the controller may take to end. */
export function drainSeconds({ deadlines }: Environment): number {
  return deadlines.ingressSeconds + EXIT_SECONDS;
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
