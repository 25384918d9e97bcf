import { createHash } from 'node:crypto';
import { z } from 'zod';
import { section } from './section';

interface Kind {
  /** The name that is derived, from CAF's abbreviation, the environment's name and a stable suffix. */
  readonly derive: (environment: string, suffix: string) => string;
  /** What Azure accepts. */
  readonly pattern: RegExp;
  /** The same, in words. */
  readonly allowed: string;
}

const hyphenated = 'letters, digits and inner hyphens';

/**
 * Every Azure name that is not fixed by its parent. Sources: the Cloud Adoption Framework's abbreviations and Azure's naming
 * rules (https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules). `llm` is the article's
 * workload. Globally unique names end in the suffix.
 */
const kinds = {
  resourceGroup: {
    derive: env => `rg-llm-${env}`,
    // Azure allows 90, but the name becomes a node label, and those end at 63.
    pattern: /^[\w().-]{0,62}[\w()-]$/,
    allowed: '1 to 63 letters, digits, "_", "-", ".", "(" and ")", not ending in "."',
  },
  virtualNetwork: network(env => `vnet-llm-${env}`, 2, 64),
  natGateway: network(env => `ng-llm-${env}`, 1, 80),
  natAddress: network(env => `pip-llm-${env}-nat`, 1, 80),
  ingressAddress: network(env => `pip-llm-${env}-ingress`, 1, 80),
  // Also the prefix of the API server's DNS name, whose rule is the stricter one.
  cluster: kind(env => `aks-llm-${env}`, 1, 54),
  clusterIdentity: identity(env => `id-llm-${env}-aks`),
  gatewayIdentity: identity(env => `id-llm-${env}-gateway`),
  certManagerIdentity: identity(env => `id-llm-${env}-cert-manager`),
  registry: {
    derive: (env, suffix) => `crllm${env}${suffix}`,
    pattern: /^[a-zA-Z0-9]{5,50}$/,
    allowed: '5 to 50 letters and digits',
  },
  postgres: {
    derive: (env, suffix) => `psql-llm-${env}-${suffix}`,
    pattern: /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
    allowed: '3 to 63 lowercase letters, digits and inner hyphens',
  },
  redis: {
    derive: (env, suffix) => `amr-llm-${env}-${suffix}`,
    pattern: /^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
    allowed: '3 to 63 lowercase letters, digits and inner single hyphens',
  },
  keyVault: {
    derive: (env, suffix) => `kv-llm-${env}-${suffix}`,
    pattern: /^(?!.*--)[a-zA-Z][a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$/,
    allowed: `3 to 24 ${hyphenated}, starting with a letter, without "--"`,
  },
  azureOpenAi: kind((env, suffix) => `oai-llm-${env}-${suffix}`, 2, 64),
  logAnalytics: kind(env => `log-llm-${env}`, 4, 63),
  actionGroup: {
    derive: env => `ag-llm-${env}`,
    pattern: /^[^:<>+/&%\\?|\p{Cc}]{0,259}[^:<>+/&%\\?|\p{Cc} .]$/u,
    allowed: '1 to 260 characters without any of :<>+/&%\\?|, not ending in a space or "."',
  },
} as const satisfies Record<string, Kind>;

export type Names = Readonly<Record<keyof typeof kinds, string>>;

/** What an environment may be called: the file's name. Ten characters, because a Key Vault has 24 for its name. */
export const environmentName = z
  .string()
  .regex(
    /^[a-z][a-z0-9]{0,9}$/,
    'is no environment name; call the file by 1 to 10 lowercase letters and digits, starting with a letter',
  );

/** Names to use instead of the derived ones, where a naming policy or an existing resource asks for it. */
export const namesSchema = section(
  Object.fromEntries(
    Object.entries<Kind>(kinds).map(([key, { pattern, allowed }]) => [
      key,
      z.string().regex(pattern, `breaks Azure's rule for this name: ${allowed}`).optional(),
    ]),
  ) as Record<keyof Names, z.ZodOptional<z.ZodString>>,
)
  .superRefine((names, ctx) => {
    const given = Object.entries(names).map(([key, name]) => ({ key, name: name?.toLowerCase() }));
    for (const { key, name } of given) {
      const first = given.find(other => other.name === name);
      if (name !== undefined && first && first.key !== key) {
        ctx.addIssue({
          code: 'custom',
          path: [key],
          message: `is also names.${first.key}; give each its own`,
        });
      }
    }
  })
  .prefault({});

/**
 * The name of every resource.
 * @param seed what makes an installation unique in the world; the suffix is the start of its SHA-256
 */
export function deriveNames(
  environment: string,
  seed: string,
  given: Partial<Record<keyof Names, string | undefined>>,
): Names {
  const suffix = createHash('sha256').update(seed).digest('hex').slice(0, 6);
  const derived = Object.entries<Kind>(kinds).map(([key, { derive }]) => [
    key,
    given[key as keyof Names] ?? derive(environment, suffix),
  ]);
  return Object.fromEntries(derived) as Names;
}

/** What Microsoft.Network takes. */
function network(derive: Kind['derive'], min: number, max: number): Kind {
  return {
    derive,
    pattern: new RegExp(`^(?=.{${min},${max}}$)[a-zA-Z0-9]([\\w.-]*\\w)?$`),
    allowed: `${min} to ${max} letters, digits, "_", "-" and ".", starting with a letter or digit, not ending in "-" or "."`,
  };
}

function identity(derive: Kind['derive']): Kind {
  return {
    derive,
    pattern: /^[a-zA-Z0-9][\w-]{2,127}$/,
    allowed: '3 to 128 letters, digits, "_" and "-", starting with a letter or digit',
  };
}

function kind(derive: Kind['derive'], min: number, max: number): Kind {
  const inner = max > 2 ? `{${Math.max(min - 2, 0)},${max - 2}}` : '';
  return {
    derive,
    pattern: new RegExp(`^[a-zA-Z0-9]([a-zA-Z0-9-]${inner}[a-zA-Z0-9])${min === 1 ? '?' : ''}$`),
    allowed: `${min} to ${max} ${hyphenated}`,
  };
}
