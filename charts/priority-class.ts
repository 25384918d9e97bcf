import { KubePriorityClass } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { GatewayChart, type GatewayChartProps } from './gateway-chart';

export const priorityClassName = 'litellm-gateway';

/** On a full cluster the gateway's pods displace those without a priority (0), and never AKS's own (2,000,000,000 and up). */
export class PriorityClassChart extends GatewayChart {
  constructor(scope: Construct, id: string, props: GatewayChartProps) {
    super(scope, id, props);
    new KubePriorityClass(this, 'priority-class', {
      metadata: { name: priorityClassName },
      value: 1_000_000,
      description: 'The LiteLLM gateway: requests are waiting for it, batch work is not.',
    });
  }
}
