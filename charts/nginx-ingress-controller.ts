import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { loadBalancerAnnotations } from '../contract/load-balancer';
import { workload } from '../contract/workload';
import { GatewayChart, type GatewayChartProps } from './gateway-chart';

/**
 * Application routing's NginxIngressController: AKS runs a controller for it, on the address that Terraform made. (The
 * one that AKS would make by itself is switched off, because its address could not be chosen.)
 */
export class NginxIngressControllerChart extends GatewayChart {
  constructor(scope: Construct, id: string, props: GatewayChartProps) {
    super(scope, id, props);
    const { environment } = props;
    new ApiObject(this, 'controller', {
      apiVersion: 'approuting.kubernetes.azure.com/v1alpha1',
      kind: 'NginxIngressController',
      metadata: { name: workload.namespace },
      spec: {
        ingressClassName: environment.ingress.className,
        controllerNamePrefix: 'litellm-nginx',
        loadBalancerAnnotations: loadBalancerAnnotations(environment),
      },
    });
  }
}
