import { KubeServiceAccount } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { workload } from '../contract/workload';
import { GatewayChart, type GatewayChartProps } from './gateway-chart';

/** Who the gateway's pods are in Kubernetes, and, through workload identity, in Azure. */
export class ServiceAccountChart extends GatewayChart {
  constructor(scope: Construct, id: string, props: GatewayChartProps) {
    super(scope, id, props);
    const { gateway_client_id, tenant_id } = props.outputs;
    new KubeServiceAccount(this, 'service-account', {
      metadata: {
        name: workload.serviceAccount,
        namespace: workload.namespace,
        annotations: {
          'azure.workload.identity/client-id': gateway_client_id,
          'azure.workload.identity/tenant-id': tenant_id,
        },
      },
      // The gateway never calls the Kubernetes API; workload identity projects a token of its own.
      automountServiceAccountToken: false,
    });
  }
}
