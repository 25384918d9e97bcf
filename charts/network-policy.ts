import {
  IntOrString,
  KubeNetworkPolicy,
  type NetworkPolicyEgressRule,
  type NetworkPolicyPort,
  type NetworkPolicySpec,
} from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { ports } from '../config/endpoints';
import { workload } from '../contract/workload';
import { containerPort } from './deployment';
import { GatewayChart, type GatewayChartProps, selector } from './gateway-chart';

/** Addresses that are never a model provider: private ranges, shared address space, link-local (node metadata too). */
const NOT_PUBLIC = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16'];

/** AKS LocalDNS, the resolver of pods on nodes that have it. */
const LOCAL_DNS = '169.254.10.10/31';

/** cert-manager's answer to an HTTP-01 challenge, for the minute that it lives. */
const SOLVER_PORT = 8089;

/** Nobody talks to the namespace and nobody in it talks, but for what the gateway is there for. */
export class NetworkPolicyChart extends GatewayChart {
  constructor(scope: Construct, id: string, props: GatewayChartProps) {
    super(scope, id, props);
    const { network, ingress } = props.environment;
    const controller = { namespaceSelector: namespaceNamed(ingress.namespace) };

    this.policy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    this.policy(workload.name, {
      podSelector: { matchLabels: selector },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [controller], ports: [tcp(containerPort)] }],
      egress: [
        dns,
        {
          to: [{ ipBlock: { cidr: network.subnets.privateEndpoints } }],
          ports: [ports.postgres, ports.redis, ports.https].map(tcp),
        },
        // Model providers and Entra: a NetworkPolicy knows no names.
        { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: NOT_PUBLIC } }], ports: [tcp(ports.https)] },
      ],
    });
    this.policy('acme-solver', {
      podSelector: { matchLabels: { 'acme.cert-manager.io/http01-solver': 'true' } },
      policyTypes: ['Ingress'],
      ingress: [{ from: [controller], ports: [tcp(SOLVER_PORT)] }],
    });
  }

  private policy(name: string, spec: NetworkPolicySpec): void {
    new KubeNetworkPolicy(this, name, { metadata: { name, namespace: workload.namespace }, spec });
  }
}

const dns: NetworkPolicyEgressRule = {
  to: [
    {
      namespaceSelector: namespaceNamed('kube-system'),
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
    { ipBlock: { cidr: LOCAL_DNS } },
  ],
  ports: [{ protocol: 'UDP', port: IntOrString.fromNumber(53) }, tcp(53)],
};

function namespaceNamed(name: string) {
  return { matchLabels: { 'kubernetes.io/metadata.name': name } };
}

function tcp(port: number): NetworkPolicyPort {
  return { protocol: 'TCP', port: IntOrString.fromNumber(port) };
}
