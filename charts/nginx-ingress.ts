import type { Construct } from 'constructs';
import { workload } from '../contract/workload';
import { closedPaths } from './closed-paths';
import { GatewayChart, type GatewayChartProps } from './gateway-chart';
import { hstsSeconds } from './hsts';
import { addIngress } from './ingress-object';
import { denyPolicy } from './nginx-policy';

const mergeable = 'nginx.org/mergeable-ingress-type';

/** What makes another Ingress of the host one of its parts; cert-manager's solver carries it too. */
export const minion = { [mergeable]: 'minion' };

/**
 * The way in through F5's NGINX, whose annotations are `nginx.org/`. It takes one Ingress for each host
 * (nginx/kubernetes-ingress#1243) or, as here, a master with minions: so cert-manager answers a challenge by a minion of
 * its own and edits none of ours. (An edited `rules` list, which is atomic, would be a conflict for the next apply.)
 */
export class NginxIngressChart extends GatewayChart {
  constructor(scope: Construct, id: string, props: GatewayChartProps) {
    super(scope, id, props);
    const { environment } = props;
    const { ingress, deadlines } = environment;
    const timeout = `${deadlines.ingressSeconds}s`;
    const closed = closedPaths(ingress);
    addIngress(this, environment, {
      annotations: {
        [mergeable]: 'master',
        'nginx.org/redirect-to-https': 'True',
        'nginx.org/hsts': 'True',
        'nginx.org/hsts-max-age': String(hstsSeconds),
      },
      paths: [],
      tls: true,
    });
    addIngress(this, environment, {
      suffix: '-api',
      annotations: {
        ...minion,
        'nginx.org/proxy-read-timeout': timeout,
        'nginx.org/proxy-send-timeout': timeout,
        'nginx.org/client-max-body-size': `${ingress.maxBodyMegabytes}m`,
        // Buffering would hold a stream back until it is complete.
        'nginx.org/proxy-buffering': 'False',
        // Any other Service's WebSockets end here, and LiteLLM has one at /v1/realtime.
        'nginx.org/websocket-services': workload.name,
      },
      paths: ['/'],
      tls: false,
    });
    if (closed.length > 0) {
      addIngress(this, environment, {
        suffix: '-closed',
        annotations: { ...minion, 'nginx.org/policies': denyPolicy },
        paths: closed,
        tls: false,
      });
    }
  }
}
