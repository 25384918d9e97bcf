import { z } from 'zod';
import { azureOpenAiSchema } from './azure-openai';
import { catalogueSchema } from './catalogue';
import { clusterSchema } from './cluster';
import { postgresSchema, redisSchema, registrySchema } from './data-services';
import { dnsRule, dnsSchema } from './dns';
import { extensionsSchema } from './extensions';
import { gatewaySchema } from './gateway';
import { hostName } from './host';
import { ingressSchema } from './ingress';
import { ingressRules } from './ingress-rules';
import { keyVaultSchema } from './key-vault';
import { modelRules } from './model-rules';
import { monitoringSchema } from './monitoring';
import { namesSchema } from './names';
import { networkSchema } from './network';
import { section } from './section';
import { terraformSchema } from './terraform';
import { waiversSchema } from './waivers';

/** The environment file. What is optional here has its default here, or in the section's own file. */
export const settingsSchema = section({
  /** Who runs the gateway; with the environment's name and region it makes the globally unique names yours. */
  organization: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,31}$/, 'is no organization; use 2 to 32 lowercase letters, digits and hyphens'),
  /** Azure region: `eastus2`. */
  location: z.string().regex(/^[a-z]{4,}\d?$/, 'is no Azure region; write it as eastus2'),
  /** Host name of the gateway: `llm.example.com`. */
  host: hostName,
  /**
   * What the environment is for, which decides what its invariants ask of backups, protection against deletion, zones
   * and standbys (docs/invariants.md). Default production: the stricter one.
   */
  class: z.enum(['production', 'development']).default('production'),
  /** Subscription to deploy into. Default: the one that ARM_SUBSCRIPTION_ID or `az login` names. */
  subscriptionId: z
    .guid(
      'is no subscription id, such as 11111111-2222-4333-8444-555555555555; az account show --query id prints it',
    )
    .optional(),
  /**
   * Entra object ids of the people, groups and pipelines that deploy: they administer the cluster and write secrets.
   * Default: whoever applies. Name them as soon as that is more than one.
   */
  administrators: z
    .array(
      z.guid(
        'is no object id, such as 11111111-2222-4333-8444-555555555555; az ad signed-in-user show --query id prints yours',
      ),
    )
    .default([]),
  /** Tags of every resource, besides `environment` and `managed-by`, which are ours. */
  tags: z
    .record(z.string().min(1).max(512), z.string().max(256))
    .refine(
      tags => !Object.keys(tags).some(key => /^(environment|managed-by)$/i.test(key)),
      'names environment or managed-by, which every resource has already; choose another name',
    )
    .default({}),
  /**
   * Terraform refuses to destroy or replace PostgreSQL, Key Vault, the salt key and Azure OpenAI. Default true; set it to
   * false, and deploy, before `cdktf destroy`.
   */
  deletionProtection: z.boolean().default(true),
  /**
   * The one number that rotates secrets: raise it, deploy, apply. Terraform writes every secret but the salt key anew,
   * and the pods roll, because the number is an annotation of theirs. Default 1.
   */
  secretsRevision: z.int().min(1).default(1),
  terraform: terraformSchema,
  names: namesSchema,
  network: networkSchema,
  cluster: clusterSchema,
  registry: registrySchema,
  postgres: postgresSchema,
  redis: redisSchema,
  keyVault: keyVaultSchema,
  azureOpenAi: azureOpenAiSchema.optional(),
  monitoring: monitoringSchema,
  catalogue: catalogueSchema,
  extensions: extensionsSchema,
  gateway: gatewaySchema,
  ingress: ingressSchema,
  dns: dnsSchema,
  waivers: waiversSchema,
}).check(modelRules, ingressRules, dnsRule);

/** What an environment file exports. */
export type EnvironmentFile = z.input<typeof settingsSchema>;
/** The same, checked, with every default filled in. */
export type Settings = z.output<typeof settingsSchema>;
