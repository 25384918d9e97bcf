import type { Environment } from '../config/environment';
import { loadBalancerAnnotations } from '../contract/load-balancer';
import { lingering, priorityClassName, replicas, resources, spreadOverNodes } from './controller-pods';

/**
 * NGINX's own format, without the query: Google's clients put the key there (`?key=sk-…`), and so does `/key/info`. LiteLLM
 * blackens it in its own log.
 */
const accessLog =
  '$remote_addr - $remote_user [$time_local] "$request_method $uri $server_protocol" $status $body_bytes_sent "$http_referer" "$http_user_agent" "$http_x_forwarded_for"';

/** Values of F5's Helm chart. What concerns the gateway alone is in its Ingress. */
export function nginxValues(environment: Environment): object {
  const { ingress, deadlines } = environment;
  return {
    controller: {
      replicaCount: replicas,
      priorityClassName,
      resources,
      podDisruptionBudget: { enabled: true, minAvailable: 1 },
      topologySpreadConstraints: spreadOverNodes('nginx-ingress'),
      // NGINX finishes the streams that it has before it ends.
      terminationGracePeriodSeconds: deadlines.controllerEndSeconds,
      lifecycle: lingering(deadlines.controllerPreStopSeconds),
      readOnlyRootFilesystem: true,
      ingressClass: {
        name: ingress.className,
        create: true,
        setAsDefaultIngress: false,
      },
      // Whoever may write an Ingress could otherwise write NGINX configuration.
      enableSnippets: false,
      telemetryReporting: { enable: false },
      config: {
        entries: {
          'server-tokens': 'False',
          'ssl-protocols': 'TLSv1.2 TLSv1.3',
          // Of TLS 1.2, what has forward secrecy and authenticates what it encrypts; those of 1.3 all do.
          'ssl-ciphers': 'ECDHE+AESGCM:ECDHE+CHACHA20',
          'log-format': accessLog,
        },
      },
      service: {
        // Keeps the client's address.
        externalTrafficPolicy: 'Local',
        annotations: loadBalancerAnnotations(environment),
      },
    },
  };
}
