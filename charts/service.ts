import { IntOrString, KubeService } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { workload } from '../contract/workload';
import { GatewayChart, type GatewayChartProps, selector } from './gateway-chart';

export const servicePort = 80;

/** One stable address inside the cluster for all replicas. */
export class ServiceChart extends GatewayChart {
  constructor(scope: Construct, id: string, props: GatewayChartProps) {
    super(scope, id, props);
    new KubeService(this, 'service', {
      metadata: { name: workload.name, namespace: workload.namespace },
      spec: {
        type: 'ClusterIP',
        selector,
        ports: [{ name: 'http', port: servicePort, targetPort: IntOrString.fromString('http') }],
      },
    });
  }
}
