import type { Names } from './names';
import { privateServices } from './private-services';

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
  const { postgres, redis, registry, azureOpenAi } = privateServices;
  return {
    postgres: `${names.postgres}.${postgres.suffix}`,
    redis: `${names.redis}.${location}.${redis.suffix}`,
    registry: `${names.registry.toLowerCase()}.${registry.suffix}`,
    azureOpenAi: `https://${names.azureOpenAi.toLowerCase()}.${azureOpenAi.suffix}/`,
  };
}
