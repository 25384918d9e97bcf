import type { Environment } from '../config/environment';
import { loadBalancerAnnotations } from '../contract/load-balancer';
import { lingering, priorityClassName, replicas, resources, spreadOverNodes } from './controller-pods';

/** Values of Traefik's Helm chart. What concerns the gateway alone is in its Ingress and Middlewares. */
export function traefikValues(environment: Environment): object {
  const { ingress, deadlines } = environment;
  const timeout = `${deadlines.ingressSeconds}s`;
  const entryPoint = {
    // An Ingress that names none, as cert-manager's, is served at these two.
    asDefault: true,
    transport: {
      respondingTimeouts: {
        // Of the whole request, 60 s by default: a long prompt over a slow line takes longer.
        readTimeout: timeout,
      },
      lifeCycle: { graceTimeOut: timeout },
    },
  };
  return {
    deployment: {
      replicas,
      terminationGracePeriodSeconds: deadlines.controllerEndSeconds,
      lifecycle: lingering(deadlines.controllerPreStopSeconds),
    },
    priorityClassName,
    resources,
    podDisruptionBudget: { enabled: true, minAvailable: 1 },
    topologySpreadConstraints: spreadOverNodes('traefik'),
    global: { checkNewVersion: false, sendAnonymousUsage: false },
    api: { dashboard: false },
    ingressClass: { enabled: true, isDefaultClass: false, name: ingress.className },
    providers: { kubernetesCRD: { allowCrossNamespace: false } },
    ports: { web: entryPoint, websecure: entryPoint },
    service: {
      annotations: loadBalancerAnnotations(environment),
      // Keeps the client's address; Traefik drops what a client says of it.
      spec: { externalTrafficPolicy: 'Local' },
    },
  };
}
