import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { workload } from '../contract/workload';
import { closedPaths } from './closed-paths';
import { closedPatterns } from './closed-patterns';
import { GatewayChart, type GatewayChartProps } from './gateway-chart';
import { tlsSecret } from './ingress-object';
import { servicePort } from './service';
import { middlewares } from './traefik-middleware';

/**
 * What Traefik refuses. An IngressRoute, because the prefix of an Ingress lets `/v2%2flogin` through, which LiteLLM reads
 * as `/v2/login`. Its rule is longer than the Ingress's, so it is asked first.
 */
export class TraefikIngressRouteChart extends GatewayChart {
  constructor(scope: Construct, id: string, props: GatewayChartProps) {
    super(scope, id, props);
    const { host, ingress } = props.environment;
    const patterns = closedPatterns(closedPaths(ingress)).map(pattern => `PathRegexp(\`${pattern}\`)`);
    new ApiObject(this, 'closed', {
      apiVersion: 'traefik.io/v1alpha1',
      kind: 'IngressRoute',
      metadata: { name: `${workload.name}-closed`, namespace: workload.namespace },
      spec: {
        entryPoints: ['websecure'],
        routes: [
          {
            kind: 'Rule',
            match: `Host(\`${host}\`) && (${patterns.join(' || ')})`,
            middlewares: [{ name: middlewares.deny }],
            services: [{ name: workload.name, port: servicePort }],
          },
        ],
        tls: { secretName: tlsSecret },
      },
    });
  }
}
