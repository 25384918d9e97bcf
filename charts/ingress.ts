import type { Construct } from 'constructs';
import type { ControllerName } from '../config/ingress-controllers';
import { ApplicationRoutingIngressChart } from './application-routing-ingress';
import { closedPaths } from './closed-paths';
import { GatewayApiChart } from './gateway-api';
import type { GatewayChartProps } from './gateway-chart';
import { HttpRouteChart } from './http-route';
import { NginxIngressChart } from './nginx-ingress';
import { NginxIngressControllerChart } from './nginx-ingress-controller';
import { NginxPolicyChart } from './nginx-policy';
import { TraefikIngressChart } from './traefik-ingress';
import { TraefikIngressRouteChart } from './traefik-ingress-route';
import { TraefikMiddlewareChart } from './traefik-middleware';

type AddCharts = (scope: Construct, props: GatewayChartProps) => void;

/** What each controller needs, first what the second refers to. */
const charts: Record<ControllerName, AddCharts> = {
  nginx: (scope, props) => {
    if (closedPaths(props.environment.ingress).length > 0)
      new NginxPolicyChart(scope, '89-nginx-policy', props);
    new NginxIngressChart(scope, '90-ingress', props);
  },
  traefik: (scope, props) => {
    if (closedPaths(props.environment.ingress).length > 0) {
      new TraefikIngressRouteChart(scope, '89-traefik-ingress-route', props);
    }
    new TraefikMiddlewareChart(scope, '89-traefik-middleware', props);
    new TraefikIngressChart(scope, '90-ingress', props);
  },
  'application-routing': (scope, props) => {
    new NginxIngressControllerChart(scope, '89-nginx-ingress-controller', props);
    new ApplicationRoutingIngressChart(scope, '90-ingress', props);
  },
  'gateway-api': (scope, props) => {
    new GatewayApiChart(scope, '89-gateway', props);
    new HttpRouteChart(scope, '90-http-route', props);
  },
};

/** Adds the way in, for the controller that the environment file chose. */
export function addIngressCharts(scope: Construct, props: GatewayChartProps): void {
  charts[props.environment.ingress.controller](scope, props);
}
