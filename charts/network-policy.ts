import { KubeNetworkPolicy, type NetworkPolicySpec } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { ports } from '../config/endpoints';
import { workload } from '../contract/workload';
import { GatewayChart, type GatewayChartProps, selector } from './gateway-chart';
import { fromNamespace, toDns, toInternet, toPrivateEndpoints } from './network-rules';

/** cert-manager's answer to an HTTP-01 challenge, for the minute that it lives. */
export const SOLVER_PORT = 8089;

/** Nobody talks to the namespace and nobody in it talks, but for what the gateway is there for. */
export class NetworkPolicyChart extends GatewayChart {
  constructor(scope: Construct, id: string, props: GatewayChartProps) {
    super(scope, id, props);
    const { environment } = props;
    const { ingress, monitoring, azureOpenAi, postgres } = environment;
    const callers = [ingress.namespace, ...monitoring.scraperNamespaces];

    this.policy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    this.policy(workload.name, {
      podSelector: { matchLabels: selector },
      policyTypes: ['Ingress', 'Egress'],
      ingress: callers.map(namespace => fromNamespace(namespace, workload.port)),
      egress: [
        toDns,
        toPrivateEndpoints(environment, [ports.postgres, ports.redis, ...(azureOpenAi ? [ports.https] : [])]),
        toInternet(environment),
      ],
    });
    this.policy(workload.migration, {
      podSelector: { matchLabels: { 'app.kubernetes.io/name': workload.migration } },
      policyTypes: ['Ingress', 'Egress'],
      egress: [
        toDns,
        toPrivateEndpoints(environment, [ports.postgres]),
        // Its token for the database comes from Entra.
        ...(postgres.authentication === 'entra' ? [toInternet(environment)] : []),
      ],
    });
    this.policy('acme-solver', {
      podSelector: { matchLabels: { 'acme.cert-manager.io/http01-solver': 'true' } },
      policyTypes: ['Ingress'],
      ingress: [fromNamespace(ingress.namespace, SOLVER_PORT)],
    });
  }

  private policy(name: string, spec: NetworkPolicySpec): void {
    new KubeNetworkPolicy(this, name, { metadata: { name, namespace: workload.namespace }, spec });
  }
}
