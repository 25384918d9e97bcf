import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { workload } from '../contract/workload';
import { closedPaths } from './closed-paths';
import { closedPatterns } from './closed-patterns';
import { apiGateway } from './gateway-api';
import { GatewayChart, type GatewayChartProps } from './gateway-chart';
import { hstsSeconds } from './hsts';
import { servicePort } from './service';

/**
 * The gateway's HTTPRoutes. AKS's Istio buffers neither requests nor answers; it has no limit for a request's size, and
 * the Gateway API has no word for one.
 */
export class HttpRouteChart extends GatewayChart {
  private readonly parent: object;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: GatewayChartProps,
  ) {
    super(scope, id, props);
    const { ingress } = props.environment;
    const closed = closedPaths(ingress);
    this.parent = { name: apiGateway.name, namespace: ingress.namespace };
    this.route('https', '', [
      ...(closed.length > 0 ? [{ matches: closedPatterns(closed).map(pattern), ...toNowhere }] : []),
      {
        // Not a prefix: Istio ranks any prefix above any pattern, and the longest pattern first (its sortHTTPRoutes).
        matches: [pattern('/.*')],
        filters: [
          {
            type: 'ResponseHeaderModifier',
            responseHeaderModifier: {
              set: [{ name: 'Strict-Transport-Security', value: `max-age=${hstsSeconds}` }],
            },
          },
        ],
        // No limit: this one is for the whole of an answer, and would cut a stream. LiteLLM limits requests itself.
        timeouts: { request: '0s' },
        backendRefs,
      },
    ]);
    this.route('http', '-redirect', [
      {
        matches: [{ path: { type: 'PathPrefix', value: '/' } }],
        filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }],
      },
    ]);
  }

  private route(listener: 'http' | 'https', suffix: string, rules: object[]): void {
    new ApiObject(this, listener, {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: `${workload.name}${suffix}`, namespace: workload.namespace },
      spec: {
        parentRefs: [{ ...this.parent, sectionName: apiGateway[listener] }],
        hostnames: [this.props.environment.host],
        rules,
      },
    });
  }
}

const backendRefs = [{ name: workload.name, port: servicePort }];

/**
 * LiteLLM answers 404 there, without a look at any key. A rule without a backend would be closed as well, but with 500, as
 * the Gateway API demands (its conformance test HTTPRouteNoBackendRefs), which reads like an outage.
 */
const toNowhere = {
  filters: [
    { type: 'URLRewrite', urlRewrite: { path: { type: 'ReplaceFullPath', replaceFullPath: '/closed' } } },
  ],
  backendRefs,
};

function pattern(value: string) {
  return { path: { type: 'RegularExpression', value } };
}
