/**
 * What Azure has where. Zones: learn.microsoft.com/azure/reliability/regions-list, edition of 2025-09-23. PostgreSQL:
 * learn.microsoft.com/azure/postgresql/overview, regions table of 2025-12-22. Both change: look again before relying on
 * them.
 */
const ZONES = words(`
  australiaeast austriaeast belgiumcentral brazilsouth canadacentral centralindia centralus chilecentral denmarkeast
  eastasia eastus eastus2 francecentral germanywestcentral indonesiacentral israelcentral italynorth japaneast japanwest
  koreacentral malaysiawest mexicocentral newzealandnorth northeurope norwayeast polandcentral qatarcentral
  southafricanorth southcentralus southeastasia spaincentral swedencentral switzerlandnorth uaenorth uksouth westeurope
  westus2 westus3`);

const NO_ZONES = words(`
  australiacentral australiacentral2 australiasoutheast brazilsoutheast canadaeast francesouth germanynorth koreasouth
  northcentralus norwaywest southafricawest southindia switzerlandwest uaecentral ukwest westcentralus westindia westus`);

/** Where PostgreSQL is offered at all. */
const POSTGRES = [...ZONES, ...NO_ZONES].filter(region => !['denmarkeast', 'westindia'].includes(region));

/** Where no standby in another zone can be had. */
const NO_ZONE_REDUNDANCY = words(`
  australiacentral australiacentral2 australiasoutheast brazilsoutheast canadaeast francesouth germanynorth japanwest
  koreasouth northcentralus norwaywest southafricawest switzerlandwest uaecentral ukwest westcentralus westus`);

/** Where new ones are blocked for the time being. */
const ZONE_REDUNDANCY_BLOCKED = words(`
  brazilsouth centralindia eastasia eastus eastus2 germanywestcentral mexicocentral northeurope qatarcentral
  southcentralus southeastasia westeurope westus2`);

/** Where backups are not copied to another region. */
const NO_GEO_BACKUP = words(`
  australiacentral2 austriaeast belgiumcentral brazilsouth brazilsoutheast chilecentral indonesiacentral israelcentral
  italynorth malaysiawest mexicocentral newzealandnorth polandcentral qatarcentral spaincentral westus3`);

/** Where Intel's fifth generation (D2ds_v5) is not offered. */
const INTEL_UP_TO_V4 = words(`
  eastus2 israelcentral japaneast mexicocentral polandcentral qatarcentral southcentralus southeastasia spaincentral
  westus2`);

/** Where Intel's sixth generation is. */
const INTEL_V6 = words('australiaeast');

/** AMD's generations, where it is offered at all. */
const AMD: Readonly<Record<string, readonly string[]>> = {
  5: words(`
    australiaeast austriaeast belgiumcentral canadacentral canadaeast chilecentral eastus indonesiacentral malaysiawest
    northcentralus norwayeast uksouth ukwest westus westus3`),
  6: words('eastasia indonesiacentral japanwest malaysiawest southindia'),
};

export function isRegion(region: string): boolean {
  return ZONES.includes(region) || NO_ZONES.includes(region);
}

/** A region that the table does not know may have any. */
export function hasZones(region: string): boolean {
  return !NO_ZONES.includes(region);
}

/** What is known of PostgreSQL in a region; a region that the table does not know may offer everything. */
export function postgresIn(region: string) {
  const known = POSTGRES.includes(region);
  const intel = INTEL_V6.includes(region)
    ? [3, 4, 5, 6]
    : INTEL_UP_TO_V4.includes(region)
      ? [3, 4]
      : [3, 4, 5];
  const amd = Object.keys(AMD).filter(generation => AMD[generation]?.includes(region));
  return {
    zoneRedundancy: NO_ZONE_REDUNDANCY.includes(region)
      ? 'none'
      : ZONE_REDUNDANCY_BLOCKED.includes(region)
        ? 'blocked'
        : 'offered',
    geoBackup: !NO_GEO_BACKUP.includes(region),
    /** Generations of its processors; undefined where nothing is known. */
    generations: known ? { intel, amd: amd.map(Number) } : undefined,
  } as const;
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
