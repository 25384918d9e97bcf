import { KubeIngress } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Environment } from '../config/environment';
import { workload } from '../contract/workload';
import type { GatewayChart } from './gateway-chart';
import { servicePort } from './service';

/** Secret with the certificate; cert-manager keeps it. */
export const tlsSecret = 'litellm-tls';

export interface IngressObjectProps {
  /** What follows the gateway's name in the object's. */
  readonly suffix?: string;
  readonly annotations: Readonly<Record<string, string>>;
  /** Prefixes that it forwards to the gateway; none for a host without rules of its own. */
  readonly paths: readonly string[];
  /** Whether TLS is terminated by what this one says. */
  readonly tls: boolean;
}

/** An Ingress of the gateway's host. Never with an annotation that makes cert-manager order a certificate. */
export function addIngress(
  chart: GatewayChart,
  { host, ingress }: Environment,
  { suffix = '', annotations, paths, tls }: IngressObjectProps,
): void {
  const backend = { service: { name: workload.name, port: { number: servicePort } } };
  new KubeIngress(chart, `ingress${suffix}`, {
    metadata: { name: `${workload.name}${suffix}`, namespace: workload.namespace, annotations },
    spec: {
      ingressClassName: ingress.className,
      ...(tls && { tls: [{ hosts: [host], secretName: tlsSecret }] }),
      rules: [
        {
          host,
          ...(paths.length > 0 && {
            http: { paths: paths.map(path => ({ path, pathType: 'Prefix', backend })) },
          }),
        },
      ],
    },
  });
}
