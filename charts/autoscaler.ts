import { KubeHorizontalPodAutoscalerV2, type MetricSpecV2 } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { workload } from '../contract/workload';
import { GatewayChart, type GatewayChartProps } from './gateway-chart';

/** The HorizontalPodAutoscaler. */
export class AutoscalerChart extends GatewayChart {
  constructor(scope: Construct, id: string, props: GatewayChartProps) {
    super(scope, id, props);
    const { replicas, autoscaling } = props.environment.gateway;
    new KubeHorizontalPodAutoscalerV2(this, 'autoscaler', {
      metadata: { name: workload.name, namespace: workload.namespace },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: workload.name },
        minReplicas: replicas.min,
        maxReplicas: replicas.max,
        metrics: [
          utilization('cpu', autoscaling.cpu),
          ...(autoscaling.memory === null ? [] : [utilization('memory', autoscaling.memory)]),
        ],
      },
    });
  }
}

/** @param percent of the request */
function utilization(name: string, percent: number): MetricSpecV2 {
  return {
    type: 'Resource',
    resource: { name, target: { type: 'Utilization', averageUtilization: percent } },
  };
}
