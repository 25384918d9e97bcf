import { z } from 'zod';
import { invariant } from './problem';
import { section } from './section';

/** PostgreSQL Flexible Server: keys, users, teams and spend. */
export const postgresSchema = section({
  /**
   * SKU. Default GP_Standard_D2ds_v5, the smallest that can be highly available; the article runs B_Standard_B2ms
   * (Standard_B2ms), which Azure recommends for development only.
   */
  sku: z
    .string()
    .regex(/^(B|GP|MO)_Standard_[A-Za-z0-9_]+$/, 'is no SKU; write it as GP_Standard_D2ds_v5')
    .default('GP_Standard_D2ds_v5'),
  /** Major version. Default 16. */
  version: z.enum(['14', '15', '16', '17']).default('16'),
  /** GiB at creation; from then on the server grows by itself, and Terraform leaves it alone. Default 32, the smallest. */
  storageGb: z.literal([32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384]).default(32),
  /** Days of point-in-time restore. Default 14; Azure takes 7 to 35. */
  backupRetentionDays: z.int().min(7).max(35).default(14),
  /** A copy of the backups in the paired region. Changing it replaces the server. Default false. */
  geoRedundantBackup: z.boolean().default(false),
  /** A standby in another zone (`ZoneRedundant`) or the same (`SameZone`). Default Disabled; not for burstable SKUs. */
  highAvailability: z.enum(['Disabled', 'SameZone', 'ZoneRedundant']).default('Disabled'),
  /**
   * libpq's `sslmode` of the gateway's connections: `verify-full` also checks that the certificate is the server's, by
   * the authorities that the image trusts; `require`, the article's, encrypts and takes any. Default `verify-full`.
   */
  sslMode: z.enum(['verify-full', 'require']).default('verify-full'),
  /**
   * `entra`: the gateway's identity logs in, passwords are off. `password` (the article): a generated password in
   * Key Vault. Default entra.
   */
  authentication: z.enum(['entra', 'password']).default('entra'),
})
  .superRefine((server, ctx) => {
    if (server.highAvailability !== 'Disabled' && server.sku.startsWith('B_')) {
      ctx.addIssue({
        ...invariant('postgres-high-availability'),
        path: ['highAvailability'],
        message: `needs a General Purpose or Memory Optimized SKU, but postgres.sku is ${server.sku}; use GP_Standard_D2ds_v5 or Disabled`,
      });
    }
  })
  .prefault({});

/** The SKUs of at most 25 GB: larger ones cannot have the NoCluster policy, and LiteLLM needs it (see constructs/redis.ts). */
const REDIS_SKUS = [
  'Balanced_B0',
  'Balanced_B1',
  'Balanced_B3',
  'Balanced_B5',
  'Balanced_B10',
  'Balanced_B20',
  'MemoryOptimized_M10',
  'MemoryOptimized_M20',
  'ComputeOptimized_X3',
  'ComputeOptimized_X5',
  'ComputeOptimized_X10',
  'ComputeOptimized_X20',
] as const;

/** Azure Managed Redis: cache, rate limits and cooldowns shared by all replicas. */
export const redisSchema = section({
  /** SKU. Default Balanced_B1 (1 GB), the smallest that can have a replica; the article runs Balanced_B0 (0.5 GB). */
  sku: z.enum(REDIS_SKUS).default('Balanced_B1'),
  /** A replica in another zone; about twice the price. Default true; not for Balanced_B0. */
  highAvailability: z.boolean().default(true),
  /**
   * `entra`: the gateway's identity logs in, access keys are off. `access-key` (the article): the key goes to Key
   * Vault, and Terraform state holds it too (the provider exports it). Default entra.
   */
  authentication: z.enum(['entra', 'access-key']).default('entra'),
}).prefault({});

/** The registry that keeps a copy of the gateway's image. */
export const registrySchema = section({
  /** Copies in all zones of the region. Default true; changing it replaces the registry. */
  zoneRedundancy: z.boolean().default(true),
}).prefault({});
