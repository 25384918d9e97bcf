import { privateEndpointsOf } from './azure-resources';
import { SERVICES } from './facts/private-services';
import type { Breach, Invariant, Subject } from './invariant';
import { refersTo } from './terraform-layer';

interface ZoneLink {
  readonly private_dns_zone_name: string;
  readonly virtual_network_id: string;
}

/** Without zone and link, the service's name resolves to its public address, which refuses everybody. */
function checkNames(subject: Subject): Breach[] {
  const { terraform } = subject;
  const zones = terraform.all<{ name: string }>('azurerm_private_dns_zone');
  const links = terraform.all<ZoneLink>('azurerm_private_dns_zone_virtual_network_link');
  const networks = terraform.all('azurerm_virtual_network');
  return privateEndpointsOf(subject).flatMap(({ resource }) => {
    const { name, private_service_connection: connection, private_dns_zone_group: group } = resource;
    return connection.subresource_names.flatMap(subresource => {
      const wanted = SERVICES[subresource]?.zone;
      const found = zones.find(
        ({ address, resource: zone }) =>
          (wanted === undefined || zone.name === wanted) &&
          group?.private_dns_zone_ids.some(id => refersTo(id, address)),
      );
      const linked = links.some(
        ({ resource: link }) =>
          found &&
          refersTo(link.private_dns_zone_name, found.address) &&
          networks.some(({ address }) => refersTo(link.virtual_network_id, address)),
      );
      if (linked) return [];
      const lacks = found
        ? `its zone ${found.resource.name} is linked to no network of ours`
        : `it has no zone ${wanted ?? ''}`;
      return [
        {
          path: 'network',
          message: `private endpoint ${name} (${subresource}) would not be found: ${lacks}; every endpoint needs its zone, in its zone group, with a link to the VNet`,
        },
      ];
    });
  });
}

export const privateDns: Invariant[] = [
  { code: 'private-endpoint-dns', severity: 'error', check: checkNames },
];
