import { PrivateDnsZone } from '@cdktf/provider-azurerm/lib/private-dns-zone';
import { PrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint';
import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { privateServices } from '../config/private-services';
import type { Placement } from './placement';
import { linkZone } from './zone-links';

export interface PrivateAccessProps {
  readonly service: keyof typeof privateServices;
  /** The resource to reach, and its name. */
  readonly target: TerraformResource & { readonly id: string };
  readonly targetName: string;
  readonly placement: Placement;
}

/** An address in snet-pe for a service, with the private DNS zone that turns the service's public name into it. */
export class PrivateAccess extends Construct {
  /**
   * What else writes to the service comes after it: a service takes one change at a time, and refuses a second one with
   * `AccountProvisioningStateInvalid` or `ServerIsBusy` (hashicorp/terraform-provider-azurerm#31712, #29177).
   */
  readonly endpoint: PrivateEndpoint;

  constructor(scope: Construct, id: string, props: PrivateAccessProps) {
    super(scope, id);
    const { target, targetName, placement } = props;
    const { resourceGroup, network } = placement;
    const { subresource, zone: zoneName } = privateServices[props.service];

    const resourceGroupName = resourceGroup.name;
    const zone = new PrivateDnsZone(this, 'zone', { name: zoneName, resourceGroupName });
    linkZone(this, { name: zone.name, resourceGroupName }, network, `link-${targetName}`);
    this.endpoint = new PrivateEndpoint(this, 'endpoint', {
      name: `pep-${targetName}`,
      resourceGroupName,
      location: resourceGroup.location,
      subnetId: network.privateEndpoints.id,
      privateServiceConnection: {
        name: `pep-${targetName}`,
        privateConnectionResourceId: target.id,
        subresourceNames: [subresource],
        isManualConnection: false,
      },
      privateDnsZoneGroup: { name: 'default', privateDnsZoneIds: [zone.id] },
      dependsOn: network.ready,
    });
  }
}
