import type { NetworkSecurityGroupSecurityRule } from '@cdktf/provider-azurerm/lib/network-security-group';
import { ports } from '../config/endpoints';
import type { Settings } from '../config/settings';

/** What the rules must know of the ingress. */
export type WayIn = Pick<Settings['ingress'], 'exposure' | 'allowedIpRanges'>;

/** A rule without its priority, which is its place in the list. */
export type Rule = Omit<NetworkSecurityGroupSecurityRule, 'priority'>;

/** Azure lets the VNet and the load balancer in and everything else out; this closes the first two. */
const denyTheRest = inbound('deny-all', 'Deny', '*', '*', '*');

/**
 * Nodes. Overlay pods keep their own addresses between nodes, which are no part of the VNet: without these rules
 * Azure's final DenyAllInBound would cut pods on different nodes from each other.
 */
export function aksSubnetRules(
  { subnets, podCidr }: Settings['network'],
  { exposure, allowedIpRanges }: WayIn,
): Rule[] {
  const clients = allowedIpRanges.length > 0 ? allowedIpRanges : 'Internet';
  return [
    inbound('allow-nodes-to-pods', 'Allow', subnets.aks, podCidr, '*'),
    inbound('allow-pods-to-pods', 'Allow', podCidr, podCidr, '*'),
    // The load balancer hands packets on with the client's address and its own public one.
    ...(exposure === 'public' ? [inbound('allow-web', 'Allow', clients, '*', ['80', '443'])] : []),
  ];
}

/** Private endpoints: the nodes (whose address pods leave with), and TLS from a deployment runner in the network. */
export function privateEndpointSubnetRules(nodes: string): Rule[] {
  const dataPorts = [ports.postgres, ports.redis].map(String);
  return [
    inbound('allow-nodes-to-data', 'Allow', nodes, '*', dataPorts),
    inbound('allow-network-to-services', 'Allow', 'VirtualNetwork', '*', [String(ports.https)]),
    denyTheRest,
  ];
}

/** An internal load balancer's addresses. Azure applies it to network cards only: it guards what else might move in. */
export function ingressSubnetRules(subnet: string): Rule[] {
  return [
    inbound('allow-web', 'Allow', 'VirtualNetwork', subnet, ['80', '443']),
    inbound('allow-health-probes', 'Allow', 'AzureLoadBalancer', '*', '*'),
    denyTheRest,
  ];
}

function inbound(
  name: string,
  access: 'Allow' | 'Deny',
  from: string | readonly string[],
  to: string,
  toPorts: '*' | readonly string[],
): Rule {
  return {
    name,
    direction: 'Inbound',
    access,
    protocol: toPorts === '*' ? '*' : 'Tcp',
    ...(typeof from === 'string' ? { sourceAddressPrefix: from } : { sourceAddressPrefixes: [...from] }),
    sourcePortRange: '*',
    destinationAddressPrefix: to,
    ...(toPorts === '*' ? { destinationPortRange: '*' } : { destinationPortRanges: [...toPorts] }),
  };
}
