import { NatGateway as AzureNatGateway } from '@cdktf/provider-azurerm/lib/nat-gateway';
import { NatGatewayPublicIpAssociation } from '@cdktf/provider-azurerm/lib/nat-gateway-public-ip-association';
import { PublicIp } from '@cdktf/provider-azurerm/lib/public-ip';
import type { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import type { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
import { SubnetNatGatewayAssociation } from '@cdktf/provider-azurerm/lib/subnet-nat-gateway-association';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { Settings } from '../config/settings';

export interface NatGatewayProps {
  readonly name: string;
  readonly addressName: string;
  readonly sku: Settings['network']['natGateway'];
  /** Availability zones of the address; empty in regions without. */
  readonly zones: string[];
  readonly resourceGroup: ResourceGroup;
  readonly subnet: Subnet;
}

/** The one way out of the node subnet: SNAT ports do not run out as they do behind a load balancer. */
export class NatGateway extends Construct {
  readonly address: PublicIp;
  /** What must exist before a cluster of outbound type userAssignedNATGateway, or AKS answers SubnetNotAssociatedWithNATGateway. */
  readonly ready: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: NatGatewayProps) {
    super(scope, id);
    const { name, addressName, sku, zones, resourceGroup, subnet } = props;
    const placed = { resourceGroupName: resourceGroup.name, location: resourceGroup.location };

    this.address = new PublicIp(this, 'address', {
      ...placed,
      name: addressName,
      sku,
      allocationMethod: 'Static',
      zones,
    });
    const gateway = new AzureNatGateway(this, 'Resource', { ...placed, name, skuName: sku });
    this.ready = [
      new NatGatewayPublicIpAssociation(this, 'address-association', {
        natGatewayId: gateway.id,
        publicIpAddressId: this.address.id,
      }),
      new SubnetNatGatewayAssociation(this, 'subnet-association', {
        natGatewayId: gateway.id,
        subnetId: subnet.id,
      }),
    ];
  }
}
