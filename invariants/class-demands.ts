import { clusterOf, keyVaultOf, postgresOf, redisOf, userPoolOf } from './azure-resources';
import { demandsOn } from './demands';
import { hasZones, postgresIn } from './facts/regions';
import { type Breach, type Invariant, type Subject, unless } from './invariant';

function checkDeletion(subject: Subject): Breach[] {
  const { deletionProtection, softDeleteDays } = demandsOn(subject);
  const vault = keyVaultOf(subject);
  const kept = vault.soft_delete_retention_days;
  return [
    ...unless(
      !deletionProtection || postgresOf(subject).lifecycle?.prevent_destroy === true,
      'deletionProtection',
      'is off: a plan that replaces PostgreSQL, Key Vault or the salt key would be carried out, and their data lost; use true',
    ),
    ...unless(
      !deletionProtection || vault.purge_protection_enabled,
      'keyVault.purgeProtection',
      'is off: who deletes the vault can purge it, and with the salt key everything that LiteLLM encrypted; use true',
    ),
    ...unless(
      kept >= softDeleteDays,
      'keyVault.softDeleteRetentionDays',
      `keeps a deleted vault for ${kept} days, and production asks for ${softDeleteDays}; raise it`,
    ),
  ];
}

function checkBackup(subject: Subject): Breach[] {
  const { backupDays } = demandsOn(subject);
  const kept = postgresOf(subject).backup_retention_days;
  return unless(
    kept >= backupDays,
    'postgres.backupRetentionDays',
    `keeps backups for ${kept} days, and production asks for ${backupDays}: mistakes are found later than that; raise it`,
  );
}

function checkGeoBackup(subject: Subject): Breach[] {
  const { standby } = demandsOn(subject);
  return unless(
    !standby ||
      postgresOf(subject).geo_redundant_backup_enabled ||
      !postgresIn(subject.environment.location).geoBackup,
    'postgres.geoRedundantBackup',
    `is off: what destroys ${subject.environment.location} destroys the backups with it; use true before the first deployment, because later it replaces the server`,
  );
}

function checkBurstable(subject: Subject): Breach[] {
  const { burstable } = demandsOn(subject);
  const { sku_name: sku } = postgresOf(subject);
  return unless(
    burstable || !sku.startsWith('B_'),
    'postgres.sku',
    `${sku} is burstable, which Azure advises for development only: it slows down when its credits are spent; use GP_Standard_D2ds_v5 or larger`,
  );
}

function checkCacheStandby(subject: Subject): Breach[] {
  const { standby } = demandsOn(subject);
  return unless(
    !standby || redisOf(subject).high_availability_enabled,
    'redis.highAvailability',
    'is off: without a replica Azure promises nothing, and each update of its node empties the cache and the rate limits; use true',
  );
}

function checkDatabaseStandby(subject: Subject): Breach[] {
  const { standby } = demandsOn(subject);
  return unless(
    !standby || postgresOf(subject).high_availability !== undefined,
    'postgres.highAvailability',
    'is Disabled: keys, budgets and spend are away for as long as the node or the zone is; use ZoneRedundant, or SameZone where it is not offered',
  );
}

function checkZones(subject: Subject): Breach[] {
  const { zones: wanted } = demandsOn(subject);
  const user = userPoolOf(subject);
  const zones = user.zones?.length ?? 0;
  const nodes = Object.entries({ systemPool: clusterOf(subject).default_node_pool, userPool: user });
  return [
    ...unless(
      zones >= wanted || !hasZones(subject.environment.location),
      'cluster.zones',
      `names ${zones}, and production asks for ${wanted} or more, so that the loss of one stops nothing; use ['1', '2', '3']`,
    ),
    ...nodes.flatMap(([name, { min_count: least }]) =>
      unless(
        least >= wanted,
        `cluster.${name}.minCount`,
        `is ${least}, and production asks for ${wanted}, so that the loss of a node stops nothing; raise it`,
      ),
    ),
  ];
}

function checkTier(subject: Subject): Breach[] {
  const { freeTier } = demandsOn(subject);
  const { sku_tier } = clusterOf(subject);
  return unless(
    freeTier || sku_tier !== 'Free',
    'cluster.tier',
    'is Free, which has no uptime SLA and a small API server; use Standard',
  );
}

function checkLogs(subject: Subject): Breach[] {
  const { logDays } = demandsOn(subject);
  const { retention_in_days: kept } = subject.terraform.one<{ retention_in_days: number }>(
    'azurerm_log_analytics_workspace',
  );
  return unless(
    kept >= logDays,
    'monitoring.retentionDays',
    `keeps audit logs for ${kept} days, and production asks for ${logDays}; raise it`,
  );
}

function checkAlerts(subject: Subject): Breach[] {
  const { alerts } = demandsOn(subject);
  return unless(
    !alerts || subject.terraform.all('azurerm_monitor_metric_alert').length > 0,
    'monitoring.alerts',
    "names nobody, so nobody is called when it breaks; name addresses in emails, or your pager's action group in actionGroupIds",
  );
}

export const classDemands: Invariant[] = [
  { code: 'class-deletion', severity: 'error', check: checkDeletion },
  { code: 'class-backup', severity: 'error', check: checkBackup },
  { code: 'class-geo-backup', severity: 'warning', check: checkGeoBackup },
  { code: 'class-burstable', severity: 'error', check: checkBurstable },
  { code: 'class-cache-standby', severity: 'error', check: checkCacheStandby },
  { code: 'class-database-standby', severity: 'warning', check: checkDatabaseStandby },
  { code: 'class-zones', severity: 'error', check: checkZones },
  { code: 'class-tier', severity: 'error', check: checkTier },
  { code: 'class-logs', severity: 'error', check: checkLogs },
  { code: 'class-alerts', severity: 'warning', check: checkAlerts },
];
