import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { workload } from '../contract/workload';
import { GatewayChart, type GatewayChartProps } from './gateway-chart';

/** Name of the Policy, as an annotation of an Ingress refers to it (since F5's controller 5.4). */
export const denyPolicy = `${workload.name}-deny`;

/** F5 NGINX's Policy that answers 403 to everybody. */
export class NginxPolicyChart extends GatewayChart {
  constructor(scope: Construct, id: string, props: GatewayChartProps) {
    super(scope, id, props);
    new ApiObject(this, 'deny', {
      apiVersion: 'k8s.nginx.org/v1',
      kind: 'Policy',
      metadata: { name: denyPolicy, namespace: workload.namespace },
      spec: {
        ingressClassName: props.environment.ingress.className,
        accessControl: { deny: ['0.0.0.0/0', '::/0'] },
      },
    });
  }
}
