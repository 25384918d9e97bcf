import { z } from 'zod';
import { section } from './section';

/** The vault of the few secrets that are left (keys of the gateway and of model providers). */
export const keyVaultSchema = section({
  /**
   * Public addresses (IPv4 or CIDR) that may reach the vault's data plane. Default none: Terraform then has to run
   * inside the network, because it writes the secrets. Name a laptop's address here to deploy from it.
   */
  allowedIpRanges: z
    .array(
      z.union([z.ipv4(), z.cidrv4()], { error: 'is no IPv4 address or network; write it as 203.0.113.7' }),
    )
    .default([]),
  /** A deleted vault cannot be purged before its retention ends. Cannot be switched off again. Default true. */
  purgeProtection: z.boolean().default(true),
  /** Days a deleted vault, and its name, is kept. Default 90; Azure takes 7 to 90. */
  softDeleteRetentionDays: z.int().min(7).max(90).default(90),
}).prefault({});
