import type { Construct } from 'constructs';
import { workload } from '../contract/workload';
import { GatewayChart, type GatewayChartProps } from './gateway-chart';
import { addIngress } from './ingress-object';
import { middlewares } from './traefik-middleware';

/**
 * The way in through Traefik, which merges any number of Ingresses of one host: cert-manager adds one of its own for a
 * challenge. Traefik forwards a stream as it comes and waits for an answer without end; how long a request may take to
 * arrive is said for the entry point (constructs/traefik-values.ts).
 */
export class TraefikIngressChart extends GatewayChart {
  constructor(scope: Construct, id: string, props: GatewayChartProps) {
    super(scope, id, props);
    const { environment } = props;
    addIngress(this, environment, { annotations: router('websecure', 'hsts'), paths: ['/'], tls: true });
    addIngress(this, environment, {
      suffix: '-redirect',
      annotations: router('web', 'redirect'),
      paths: ['/'],
      tls: false,
    });
  }
}

/** At which port, and by way of which Middleware. */
function router(entryPoint: 'web' | 'websecure', middleware: keyof typeof middlewares) {
  return {
    'traefik.ingress.kubernetes.io/router.entrypoints': entryPoint,
    'traefik.ingress.kubernetes.io/router.middlewares': `${workload.namespace}-${middlewares[middleware]}@kubernetescrd`,
  };
}
