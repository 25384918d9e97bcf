import { type Container, IntOrString, type Probe } from 'cdk8s-plus-28/lib/imports/k8s';

/** Seconds between two looks at a container that starts, and how many it gets: five minutes. */
const STARTUP = { periodSeconds: 10, failureThreshold: 30 };

/** Seconds that a container may take to start before the kubelet ends it. */
export const startupSeconds = STARTUP.periodSeconds * STARTUP.failureThreshold;

/** When the gateway has started, takes requests, and is beyond help. Never `/health`, which calls the models. */
export const probes: Pick<Container, 'startupProbe' | 'readinessProbe' | 'livenessProbe'> = {
  // Instead of a kubelet that kills a slow first start after 105 seconds.
  startupProbe: { ...probe('/health/liveliness'), ...STARTUP },
  readinessProbe: { ...probe('/health/readiness'), initialDelaySeconds: 30, periodSeconds: 10 },
  livenessProbe: {
    ...probe('/health/liveliness'),
    initialDelaySeconds: 60,
    periodSeconds: 15,
    failureThreshold: 3,
  },
};

/** Kubernetes gives a probe one second by default, which a busy worker misses; ten it does not. */
function probe(path: string): Probe {
  return { httpGet: { path, port: IntOrString.fromString('http') }, timeoutSeconds: 10 };
}
