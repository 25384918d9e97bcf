import { NetworkSecurityGroup } from '@cdktf/provider-azurerm/lib/network-security-group';
import type { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
import { SubnetNetworkSecurityGroupAssociation } from '@cdktf/provider-azurerm/lib/subnet-network-security-group-association';
import { VirtualNetwork } from '@cdktf/provider-azurerm/lib/virtual-network';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { Settings } from '../config/settings';
import { type SubnetRole, subnetName } from '../contract/subnets';
import {
  aksSubnetRules,
  ingressSubnetRules,
  privateEndpointSubnetRules,
  type Rule,
  type WayIn,
} from './security-rules';

export interface NetworkProps {
  readonly name: string;
  readonly resourceGroup: ResourceGroup;
  readonly settings: Settings['network'];
  /** Whether a load balancer hands packets on from the internet, and whose. */
  readonly wayIn: WayIn;
}

/** The VNet with a subnet each for nodes, private endpoints and ingress, every subnet behind its own security group. */
export class Network extends Construct {
  readonly virtualNetwork: VirtualNetwork;
  readonly aks: Subnet;
  readonly privateEndpoints: Subnet;
  readonly ingress: Subnet;
  /** Resource ids of other VNets, where the same private names resolve. */
  readonly linkedVirtualNetworks: readonly string[];
  /** What must exist before anything joins a subnet: two writers of one subnet get in each other's way. */
  readonly ready: ITerraformDependable[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: NetworkProps,
  ) {
    super(scope, id);
    const { name, resourceGroup, settings, wayIn } = props;
    const { subnets } = settings;
    this.linkedVirtualNetworks = settings.linkedVirtualNetworks;

    this.virtualNetwork = new VirtualNetwork(this, 'Resource', {
      name,
      resourceGroupName: resourceGroup.name,
      location: resourceGroup.location,
      addressSpace: [settings.addressSpace],
    });
    this.aks = this.subnet('aks', subnets.aks, aksSubnetRules(settings, wayIn));
    this.privateEndpoints = this.subnet(
      'pe',
      subnets.privateEndpoints,
      privateEndpointSubnetRules(subnets.aks),
    );
    this.ingress = this.subnet('ingress', subnets.ingress, ingressSubnetRules(subnets.ingress));
  }

  private subnet(role: SubnetRole, range: string, rules: readonly Rule[]): Subnet {
    const { resourceGroup } = this.props;
    const name = subnetName(role);
    const subnet = new Subnet(this, name, {
      name,
      resourceGroupName: resourceGroup.name,
      virtualNetworkName: this.virtualNetwork.name,
      addressPrefixes: [range],
      // Nothing leaves by an address that Azure picks: nodes have the NAT gateway, the rest does not call out.
      defaultOutboundAccessEnabled: false,
      // Without this, private endpoints ignore the security group.
      privateEndpointNetworkPolicies: 'NetworkSecurityGroupEnabled',
    });
    const group = new NetworkSecurityGroup(this, `nsg-${role}`, {
      name: `nsg-${name}`,
      resourceGroupName: resourceGroup.name,
      location: resourceGroup.location,
      securityRule: rules.map((rule, index) => ({ ...rule, priority: 100 + 10 * index })),
    });
    const association = new SubnetNetworkSecurityGroupAssociation(this, `nsg-${role}-association`, {
      subnetId: subnet.id,
      networkSecurityGroupId: group.id,
    });
    this.ready.push(association);
    return subnet;
  }
}
