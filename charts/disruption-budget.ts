import { IntOrString, KubePodDisruptionBudget } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { workload } from '../contract/workload';
import { GatewayChart, type GatewayChartProps, selector } from './gateway-chart';

/** Draining a node never takes the last pod. */
export class DisruptionBudgetChart extends GatewayChart {
  constructor(scope: Construct, id: string, props: GatewayChartProps) {
    super(scope, id, props);
    new KubePodDisruptionBudget(this, 'disruption-budget', {
      metadata: { name: workload.name, namespace: workload.namespace },
      spec: {
        minAvailable: IntOrString.fromNumber(1),
        selector: { matchLabels: selector },
        // A pod that is not ready serves nobody; it must not block a drain.
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      },
    });
  }
}
