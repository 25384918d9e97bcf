import { PrivateDnsARecord } from '@cdktf/provider-azurerm/lib/private-dns-a-record';
import { PrivateDnsZone } from '@cdktf/provider-azurerm/lib/private-dns-zone';
import type { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { Construct } from 'constructs';
import type { IngressSettings } from '../config/ingress';
import { recordName, recordTtl } from './dns-record';
import type { Network } from './network';
import { linkZone } from './zone-links';

export interface PrivateIngressRecordProps {
  readonly resourceGroup: ResourceGroup;
  readonly network: Network;
  /** Host name of the gateway. */
  readonly host: string;
  /** The internal load balancer's address. */
  readonly address: string;
  readonly zone: NonNullable<IngressSettings['privateDnsZone']>;
}

/** An internal gateway's A record: in a zone that exists, or in one made here for the VNet and what is linked with it. */
export class PrivateIngressRecord extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: PrivateIngressRecordProps,
  ) {
    super(scope, id);
    const { host, address, zone } = props;
    new PrivateDnsARecord(this, 'Resource', {
      name: recordName(host, zone.name),
      ...(zone.resourceGroup
        ? { zoneName: zone.name, resourceGroupName: zone.resourceGroup }
        : this.linkedZone()),
      ttl: recordTtl,
      records: [address],
    });
  }

  private linkedZone() {
    const { resourceGroup, network, zone } = this.props;
    const resourceGroupName = resourceGroup.name;
    const made = new PrivateDnsZone(this, 'zone', { name: zone.name, resourceGroupName });
    linkZone(this, { name: made.name, resourceGroupName }, network, 'link-ingress');
    return { zoneName: made.name, resourceGroupName };
  }
}
