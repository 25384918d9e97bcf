import { postgresOf, userPoolOf } from './azure-resources';
import { processorOf } from './facts/postgres-skus';
import { hasZones, isRegion, postgresIn } from './facts/regions';
import { type Breach, type Invariant, type Subject, unless } from './invariant';

/** A slip of the pen would be found by Azure, minutes later. */
function checkName({ environment: { location } }: Subject): Breach[] {
  return unless(
    isRegion(location),
    'location',
    'is in no table of regions, so that nobody checked what it offers; look at its spelling, or see for yourself',
  );
}

/** Azure refuses zones where there are none. */
function checkZones(subject: Subject): Breach[] {
  const { location } = subject.environment;
  if (hasZones(location)) return [];
  const { zones = [] } = userPoolOf(subject);
  const registry = subject.terraform.one<{ zone_redundancy_enabled?: boolean }>('azurerm_container_registry');
  return [
    ...unless(
      zones.length === 0,
      'cluster.zones',
      `asks for the zones ${zones.join(', ')}, but ${location} has no availability zones; use [] or another region`,
    ),
    ...unless(
      !registry.zone_redundancy_enabled,
      'registry.zoneRedundancy',
      `asks for copies in all zones, but ${location} has no availability zones; use false or another region`,
    ),
  ];
}

/** What PostgreSQL never offers there. */
function checkPostgres(subject: Subject): Breach[] {
  const { location } = subject.environment;
  const offer = postgresIn(location);
  return [
    ...unless(
      !isZoneRedundant(subject) || offer.zoneRedundancy !== 'none',
      'postgres.highAvailability',
      `is ZoneRedundant, but PostgreSQL has no zones in ${location}; use SameZone or another region`,
    ),
    ...unless(
      !postgresOf(subject).geo_redundant_backup_enabled || offer.geoBackup,
      'postgres.geoRedundantBackup',
      `is on, but PostgreSQL copies no backup out of ${location}; use false or another region`,
    ),
  ];
}

/** What it did not offer to newcomers when the table was made: that changes, so it is no error. */
function checkOffer(subject: Subject): Breach[] {
  const { location } = subject.environment;
  const { sku_name: sku } = postgresOf(subject);
  const { zoneRedundancy, generations } = postgresIn(location);
  const processor = processorOf(sku);
  const offered = processor && generations?.[processor.maker];
  const [listed, use] = offered?.length ? [offered.join(', '), 'one of these'] : ['none', 'an Intel size'];
  return [
    ...unless(
      !isZoneRedundant(subject) || zoneRedundancy !== 'blocked',
      'postgres.highAvailability',
      `is ZoneRedundant, which was blocked for new servers in ${location} in December 2025; ask for access, or use SameZone or another region`,
    ),
    ...unless(
      !offered || offered.includes(processor.generation),
      'postgres.sku',
      `${sku} is of generation ${processor?.generation}, and ${location} offered ${listed} of its maker in December 2025; look what it offers, or use ${use}`,
    ),
  ];
}

function isZoneRedundant(subject: Subject): boolean {
  return postgresOf(subject).high_availability?.mode === 'ZoneRedundant';
}

export const regions: Invariant[] = [
  { code: 'region-unknown', severity: 'warning', check: checkName },
  { code: 'region-zones', severity: 'error', check: checkZones },
  { code: 'postgres-region', severity: 'error', check: checkPostgres },
  { code: 'postgres-region-offer', severity: 'warning', check: checkOffer },
];
