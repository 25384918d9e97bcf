import type { InvariantCode } from '../../../config/invariant-codes';
import type { Example } from './example';

type Row = readonly [InvariantCode, path: string, least: unknown, less: unknown, ...says: string[]];

const rows: readonly Row[] = [
  ['class-deletion', 'deletionProtection', true, false, 'is off', 'use true'],
  ['class-deletion', 'keyVault.purgeProtection', true, false, 'is off', 'use true'],
  ['class-deletion', 'keyVault.softDeleteRetentionDays', 30, 29, 'for 29 days', 'asks for 30'],
  ['class-backup', 'postgres.backupRetentionDays', 14, 13, 'for 13 days', 'asks for 14'],
  ['class-geo-backup', 'postgres.geoRedundantBackup', true, false, 'destroys swedencentral', 'use true'],
  [
    'class-burstable',
    'postgres.sku',
    'GP_Standard_D2ds_v5',
    'B_Standard_B2ms',
    'B_Standard_B2ms is burstable',
    'use GP',
  ],
  ['class-cache-standby', 'redis.highAvailability', true, false, 'without a replica', 'use true'],
  [
    'class-database-standby',
    'postgres.highAvailability',
    'SameZone',
    'Disabled',
    'is Disabled',
    'use ZoneRedundant',
  ],
  ['class-zones', 'cluster.zones', ['1', '2'], ['1'], 'names 1', 'asks for 2'],
  ['class-zones', 'cluster.systemPool.minCount', 2, 1, 'is 1', 'asks for 2'],
  ['class-zones', 'cluster.userPool.minCount', 2, 1, 'is 1', 'asks for 2'],
  ['class-tier', 'cluster.tier', 'Standard', 'Free', 'no uptime SLA', 'use Standard'],
  ['class-logs', 'monitoring.retentionDays', 90, 89, 'for 89 days', 'asks for 90'],
  [
    'class-alerts',
    'monitoring.alerts',
    { emails: ['on-call@acme.example'] },
    {},
    'nobody is called',
    'actionGroupIds',
  ],
];

/** A production that owes everything, and one that owes nothing, to the day. */
const owing = Object.fromEntries(rows.map(([, path, , less]) => [path, less]));
const fair = Object.fromEntries(rows.map(([, path, least]) => [path, least]));

/** What production owes, and development does not. */
export const classDemands: readonly Example[] = rows.flatMap(([code, at, , , ...says]) => {
  const breaks = { file: owing, at, says };
  return [
    { code, breaks, keeps: { file: fair } },
    { code, breaks, keeps: { file: { ...owing, class: 'development' } } },
  ];
});
