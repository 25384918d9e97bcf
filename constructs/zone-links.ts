import { createHash } from 'node:crypto';
import type { KubernetesCluster } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { PrivateDnsZoneVirtualNetworkLink } from '@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link';
import { Fn } from 'cdktf';
import type { Construct } from 'constructs';
import type { Network } from './network';

/** A private DNS zone, wherever it was made. */
interface Zone {
  readonly name: string;
  readonly resourceGroupName: string;
}

/** Lets a zone of ours answer in the environment's own VNet and in the others that the environment file names. */
export function linkZone(scope: Construct, zone: Zone, network: Network, name: string): void {
  link(scope, zone, { id: 'link', name, virtualNetworkId: network.virtualNetwork.id });
  linkZoneToOthers(scope, zone, network);
}

/** The same for a zone that answers in our VNet already. */
export function linkZoneToOthers(scope: Construct, zone: Zone, network: Network): void {
  for (const virtualNetworkId of network.linkedVirtualNetworks) {
    const name = nameOf(virtualNetworkId);
    link(scope, zone, { id: name, name, virtualNetworkId });
  }
}

/**
 * The zone that AKS makes for a private API server, in its own resource group and linked to the VNet: the server's name
 * without its first label. Microsoft's own guide links peered networks to it (Learn, "Create a private AKS cluster"). A zone of
 * ours would replace clusters that are there, and the control plane would need two roles more.
 */
export function apiServerZone(cluster: KubernetesCluster): Zone {
  return {
    name: Fn.replace(cluster.privateFqdn, '/^[^.]+[.]/', ''),
    resourceGroupName: cluster.nodeResourceGroup,
  };
}

function link(
  scope: Construct,
  { name: privateDnsZoneName, resourceGroupName }: Zone,
  { id, name, virtualNetworkId }: { id: string; name: string; virtualNetworkId: string },
): void {
  new PrivateDnsZoneVirtualNetworkLink(scope, id, {
    name,
    resourceGroupName,
    privateDnsZoneName,
    virtualNetworkId,
  });
}

/** `link-vnet-hub-1a2b3c`: VNets of one name may lie in two groups or subscriptions. */
function nameOf(virtualNetworkId: string): string {
  const hash = createHash('sha256').update(virtualNetworkId.toLowerCase()).digest('hex').slice(0, 6);
  return `link-${virtualNetworkId.split('/').at(-1)}-${hash}`;
}
