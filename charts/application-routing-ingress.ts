import type { Construct } from 'constructs';
import { closedPaths } from './closed-paths';
import { GatewayChart, type GatewayChartProps } from './gateway-chart';
import { addIngress } from './ingress-object';

const annotation = (name: string) => `nginx.ingress.kubernetes.io/${name}`;

/**
 * The way in through AKS's application routing, an ingress-nginx. It sends HSTS for a year by itself, replaces what a
 * client says of its address, and merges any number of Ingresses of one host.
 */
export class ApplicationRoutingIngressChart extends GatewayChart {
  constructor(scope: Construct, id: string, props: GatewayChartProps) {
    super(scope, id, props);
    const { environment } = props;
    const { ingress, deadlines } = environment;
    const closed = closedPaths(ingress);
    addIngress(this, environment, {
      annotations: {
        [annotation('proxy-read-timeout')]: String(deadlines.ingressSeconds),
        [annotation('proxy-send-timeout')]: String(deadlines.ingressSeconds),
        [annotation('proxy-body-size')]: `${ingress.maxBodyMegabytes}m`,
        // Buffering would hold a stream back until it is complete.
        [annotation('proxy-buffering')]: 'off',
        // A second try would be a second bill: LiteLLM has retries of its own.
        [annotation('proxy-next-upstream')]: 'off',
        [annotation('force-ssl-redirect')]: 'true',
      },
      paths: ['/'],
      tls: true,
    });
    if (closed.length > 0) {
      addIngress(this, environment, {
        suffix: '-closed',
        annotations: {
          [annotation('denylist-source-range')]: '0.0.0.0/0,::/0',
          [annotation('force-ssl-redirect')]: 'true',
        },
        paths: closed,
        tls: true,
      });
    }
  }
}
