import { ApiObject } from 'cdk8s';
import { KubeConfigMap, KubeNamespace } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { loadBalancerAnnotations } from '../contract/load-balancer';
import { workload } from '../contract/workload';
import { toYaml } from '../contract/yaml';
import { GatewayChart, type GatewayChartProps } from './gateway-chart';
import { tlsSecret } from './ingress-object';

/** Name of the Gateway and of its two listeners. */
export const apiGateway = { name: workload.name, http: 'http', https: 'https' } as const;

/** The ConfigMap by which AKS lets one change what it makes of a Gateway. */
const parameters = `${workload.name}-gateway`;

/**
 * The Gateway, in a namespace of its own: AKS's Istio runs the Gateway's pods beside it, and the gateway's namespace
 * admits none that are not LiteLLM's. Routes, cert-manager's challenges and the certificate stay with the gateway; a
 * ReferenceGrant lets the Gateway read the last.
 */
export class GatewayApiChart extends GatewayChart {
  constructor(scope: Construct, id: string, props: GatewayChartProps) {
    super(scope, id, props);
    const { environment } = props;
    const { host, ingress } = environment;
    new KubeNamespace(this, 'namespace', {
      metadata: {
        name: ingress.namespace,
        // Istio's proxy lowers the port that an ordinary user may listen on, which *restricted* does not know.
        labels: { 'pod-security.kubernetes.io/enforce': 'baseline' },
      },
    });
    new KubeConfigMap(this, 'parameters', {
      metadata: { name: parameters, namespace: ingress.namespace },
      data: { service: toYaml(service) },
    });
    new ApiObject(this, 'gateway', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name: apiGateway.name, namespace: ingress.namespace },
      spec: {
        gatewayClassName: ingress.className,
        infrastructure: {
          annotations: loadBalancerAnnotations(environment),
          parametersRef: { group: '', kind: 'ConfigMap', name: parameters },
        },
        listeners: [
          {
            name: apiGateway.http,
            port: 80,
            protocol: 'HTTP',
            hostname: host,
            allowedRoutes,
          },
          {
            name: apiGateway.https,
            port: 443,
            protocol: 'HTTPS',
            hostname: host,
            tls: {
              mode: 'Terminate',
              certificateRefs: [{ name: tlsSecret, namespace: workload.namespace }],
            },
            allowedRoutes,
          },
        ],
      },
    });
    new ApiObject(this, 'reference-grant', {
      apiVersion: 'gateway.networking.k8s.io/v1beta1',
      kind: 'ReferenceGrant',
      metadata: { name: workload.name, namespace: workload.namespace },
      spec: {
        from: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: ingress.namespace }],
        to: [{ group: '', kind: 'Secret', name: tlsSecret }],
      },
    });
  }
}

const probe = (key: string) => `service.beta.kubernetes.io/port_80_health-probe_${key}`;

/**
 * Local keeps the client's address. AKS sets health probes for the other policy, and its docs say to unset them:
 * https://learn.microsoft.com/azure/aks/app-routing-gateway-api#gateway-resource-customization
 */
const service = {
  metadata: {
    annotations: Object.fromEntries(['port', 'protocol', 'request-path'].map(key => [probe(key), null])),
  },
  spec: { externalTrafficPolicy: 'Local' },
};

/** Routes of the gateway's namespace, and of no other. */
const allowedRoutes = {
  namespaces: {
    from: 'Selector',
    selector: { matchLabels: { 'kubernetes.io/metadata.name': workload.namespace } },
  },
};
