import type { Names } from './names';

/** Where every service answers: Azure makes host names of resource names, so they are known before anything exists. */
export interface Endpoints {
  /** Host; port 5432. */
  readonly postgres: string;
  /** Host; port 10000. */
  readonly redis: string;
  /** Host of the registry. */
  readonly registry: string;
  /** URL with a final slash. */
  readonly azureOpenAi: string;
}

/** TLS ports of the data services. */
export const ports = { postgres: 5432, redis: 10000, https: 443 } as const;

export function deriveEndpoints(names: Names, location: string): Endpoints {
  return {
    postgres: `${names.postgres}.postgres.database.azure.com`,
    redis: `${names.redis}.${location}.redis.azure.net`,
    registry: `${names.registry.toLowerCase()}.azurecr.io`,
    azureOpenAi: `https://${names.azureOpenAi.toLowerCase()}.openai.azure.com/`,
  };
}
