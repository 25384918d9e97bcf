import { DnsARecord } from '@cdktf/provider-azurerm/lib/dns-a-record';
import { PublicIp } from '@cdktf/provider-azurerm/lib/public-ip';
import type { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { Construct } from 'constructs';
import type { Settings } from '../config/settings';

/** Seconds. Short, so that a first certificate order never meets a cached absence. */
const TTL = 60;

export interface IngressAddressProps {
  readonly name: string;
  readonly resourceGroup: ResourceGroup;
  /** Availability zones of the address; empty in regions without. */
  readonly zones: string[];
  /** Host name of the gateway. */
  readonly host: string;
  /** Where the A record goes; without a zone the user makes it. */
  readonly dnsZone: Settings['ingress']['dnsZone'];
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
        ttl: TTL,
        records: [this.address.ipAddress],
      });
    }
  }
}

/** A host's name within its zone; `@` is the zone itself. */
function recordName(host: string, zone: string): string {
  return host === zone ? '@' : host.slice(0, -zone.length - 1);
}
