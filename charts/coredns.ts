import { KubeConfigMap } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { corefile } from './corefile';
import { dnsZones } from './dns-zones';
import { GatewayChart, type GatewayChartProps } from './gateway-chart';

/**
 * The article's split DNS as AKS allows it. Only `coredns-custom` is ours; a second `forward` in the main server block is
 * never asked, and a second `.:53` stops CoreDNS; so every zone is named in a server block of its own, where the longest
 * match wins. What is named nowhere is resolved as AKS does it. With nothing to name, the object still stands, so that
 * applying it takes back what an earlier one named.
 */
export class CoreDnsChart extends GatewayChart {
  constructor(scope: Construct, id: string, props: GatewayChartProps) {
    super(scope, id, props);
    new KubeConfigMap(this, 'coredns-custom', {
      metadata: { name: 'coredns-custom', namespace: 'kube-system' },
      data: corefile(dnsZones(props.environment)),
    });
  }
}
