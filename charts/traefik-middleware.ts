import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { workload } from '../contract/workload';
import { GatewayChart, type GatewayChartProps } from './gateway-chart';
import { hstsSeconds } from './hsts';

/** Names of Traefik's Middlewares. */
export const middlewares = {
  redirect: `${workload.name}-redirect`,
  hsts: `${workload.name}-hsts`,
  deny: `${workload.name}-deny`,
} as const;

/** An address that no client has. */
const NOBODY = '255.255.255.255/32';

/** What Traefik does on the way of a request, as its Middlewares. */
export class TraefikMiddlewareChart extends GatewayChart {
  constructor(scope: Construct, id: string, props: GatewayChartProps) {
    super(scope, id, props);
    this.middleware('redirect', { redirectScheme: { scheme: 'https', permanent: true } });
    this.middleware('hsts', { headers: { stsSeconds: hstsSeconds } });
    this.middleware('deny', { ipAllowList: { sourceRange: [NOBODY] } });
  }

  private middleware(key: keyof typeof middlewares, spec: object): void {
    new ApiObject(this, key, {
      apiVersion: 'traefik.io/v1alpha1',
      kind: 'Middleware',
      metadata: { name: middlewares[key], namespace: workload.namespace },
      spec,
    });
  }
}
