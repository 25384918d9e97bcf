import { z } from 'zod';
import { modelName } from './catalogue';
import { priceSchema } from './prices';
import { section } from './section';

/** One model deployment, and the name under which the gateway serves it. */
const deploymentSchema = section({
  /** Name of the deployment, part of the URL that the gateway calls: `gpt-4o`. */
  name: z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9._-]{1,63}$/,
      'is no deployment name; use 2 to 64 letters, digits, ".", "_", "-"',
    ),
  /** Model in Azure's catalogue: `gpt-5.6-terra`. */
  model: z.string().min(1),
  /** Version of the model: `2026-07-09`. */
  version: z.string().min(1),
  /** Deployment type. Default GlobalStandard: the widest quota; DataZoneStandard keeps prompts in the data zone. */
  sku: z
    .enum([
      'Standard',
      'GlobalStandard',
      'DataZoneStandard',
      'ProvisionedManaged',
      'GlobalProvisionedManaged',
      'DataZoneProvisionedManaged',
    ])
    .default('GlobalStandard'),
  /** Thousands of tokens per minute, or provisioned units. Default 50. */
  capacity: z.int().min(1).default(50),
  /** Whether Azure may move the deployment to a newer version. Default NoAutoUpgrade: a change is a commit. */
  versionUpgrade: z
    .enum(['NoAutoUpgrade', 'OnceCurrentVersionExpired', 'OnceNewDefaultVersionAvailable'])
    .default('NoAutoUpgrade'),
  /** Name that clients ask for. Default `azure-` and the deployment's name. */
  servedAs: modelName.optional(),
  /** Requests per minute that the router sends at most. */
  rpm: z.int().min(1).optional(),
  /** Tokens per minute that the router sends at most. */
  tpm: z.int().min(1).optional(),
  ...priceSchema,
});

/** Azure OpenAI; leave the section out for a gateway without it. */
export const azureOpenAiSchema = section({
  /**
   * `entra`: the gateway's identity asks for tokens, keys are off. `key` (the article): the key goes to Key Vault, and
   * Terraform state holds it too (the provider exports it). Default entra.
   */
  authentication: z.enum(['entra', 'key']).default('entra'),
  /**
   * Version of the inference API. Default 2025-04-01-preview, the last dated one: the article's 2024-10-21 is older than
   * the reasoning models.
   */
  apiVersion: z
    .string()
    .regex(/^(\d{4}-\d{2}-\d{2}(-preview)?|v1|preview|latest)$/, 'is no API version; write it as 2024-10-21')
    .default('2025-04-01-preview'),
  deployments: z.array(deploymentSchema).min(1).superRefine(checkNames),
});

/** Two names that Azure or Terraform takes for one would silently leave a single deployment. */
function checkNames(deployments: readonly { name: string }[], ctx: z.RefinementCtx): void {
  const same = deployments.map(({ name }) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '_'));
  for (const [index, name] of same.entries()) {
    const first = deployments[same.indexOf(name)]?.name;
    if (same.indexOf(name) < index) {
      ctx.addIssue({
        code: 'custom',
        path: [index, 'name'],
        message: `is, but for case and punctuation, the name of another deployment, ${first}; give it one of its own`,
      });
    }
  }
}

export type AzureOpenAi = z.output<typeof azureOpenAiSchema>;
