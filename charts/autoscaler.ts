import {
  type HorizontalPodAutoscalerBehaviorV2,
  KubeHorizontalPodAutoscalerV2,
  type MetricSpecV2,
} from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { workload } from '../contract/workload';
import { GatewayChart, type GatewayChartProps } from './gateway-chart';

/**
 * Out at once and in doubles: a stream of tokens cannot wait. In by one pod per five minutes, and only when ten were
 * quiet: a leaving pod drains for as long as its longest request, and traffic comes back.
 */
const BEHAVIOR: HorizontalPodAutoscalerBehaviorV2 = {
  scaleUp: {
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max',
    policies: [
      { type: 'Percent', value: 100, periodSeconds: 60 },
      { type: 'Pods', value: 2, periodSeconds: 60 },
    ],
  },
  scaleDown: {
    stabilizationWindowSeconds: 600,
    policies: [{ type: 'Pods', value: 1, periodSeconds: 300 }],
  },
};

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
        behavior: BEHAVIOR,
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
