import { KubeIngress } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { workload } from '../contract/workload';
import { GatewayChart, type GatewayChartProps } from './gateway-chart';
import { servicePort } from './service';

/** Secret with the certificate; cert-manager keeps it. */
export const tlsSecret = 'litellm-tls';

/** The way in, for a maintained NGINX controller (F5's, whose annotations are `nginx.org/`). */
export class IngressChart extends GatewayChart {
  constructor(scope: Construct, id: string, props: GatewayChartProps) {
    super(scope, id, props);
    const { host, ingress, gateway } = props.environment;
    const timeout = `${gateway.requestTimeoutSeconds}s`;
    new KubeIngress(this, 'ingress', {
      metadata: {
        name: workload.name,
        namespace: workload.namespace,
        annotations: {
          'nginx.org/proxy-read-timeout': timeout,
          'nginx.org/proxy-send-timeout': timeout,
          'nginx.org/client-max-body-size': `${ingress.maxBodyMegabytes}m`,
          // Buffering would hold a stream back until it is complete.
          'nginx.org/proxy-buffering': 'False',
          'nginx.org/redirect-to-https': 'True',
          'nginx.org/hsts': 'True',
        },
      },
      spec: {
        ingressClassName: ingress.className,
        tls: [{ hosts: [host], secretName: tlsSecret }],
        rules: [
          {
            host,
            http: {
              paths: [
                {
                  path: '/',
                  pathType: 'Prefix',
                  backend: { service: { name: workload.name, port: { number: servicePort } } },
                },
              ],
            },
          },
        ],
      },
    });
  }
}
