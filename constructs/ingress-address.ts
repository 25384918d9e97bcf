import { DnsARecord } from '@cdktf/provider-azurerm/lib/dns-a-record';
import { PublicIp } from '@cdktf/provider-azurerm/lib/public-ip';
import type { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { Construct } from 'constructs';
import type { IngressSettings } from '../config/ingress';
import { recordName, recordTtl } from './dns-record';

export interface IngressAddressProps {
  readonly name: string;
  readonly resourceGroup: ResourceGroup;
  /** Availability zones of the address; empty in regions without. */
  readonly zones: string[];
  /** Host name of the gateway. */
  readonly host: string;
  /** Where the A record goes; without a zone the user makes it. */
  readonly dnsZone: IngressSettings['dnsZone'];
}

/**
 * The gateway's public address and its A record. Terraform makes both before anything in the cluster asks for a
 * certificate: the article's first order ran before the record was there.
 */
export class IngressAddress extends Construct {
  readonly address: PublicIp;

  constructor(scope: Construct, id: string, props: IngressAddressProps) {
    super(scope, id);
    const { name, resourceGroup, zones, host, dnsZone } = props;

    this.address = new PublicIp(this, 'Resource', {
      name,
      resourceGroupName: resourceGroup.name,
      location: resourceGroup.location,
      sku: 'Standard',
      allocationMethod: 'Static',
      zones,
    });
    if (dnsZone) {
      new DnsARecord(this, 'record', {
        name: recordName(host, dnsZone.name),
        zoneName: dnsZone.name,
        resourceGroupName: dnsZone.resourceGroup,
        ttl: recordTtl,
        records: [this.address.ipAddress],
      });
    }
  }
}
