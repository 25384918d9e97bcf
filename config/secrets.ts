import type { Settings } from './settings';

/** Where a secret is born. */
type SecretOrigin =
  /** Terraform makes it, as an ephemeral value. */
  | 'generated'
  /** Whoever applies passes it as a Terraform variable. */
  | 'variable'
  /** The service makes it; Terraform reads it, so its state holds it. */
  | 'redis'
  | 'azure-openai';

export interface Secret {
  /** Name in Key Vault. */
  readonly name: string;
  readonly origin: SecretOrigin;
  /** Whether raising `secretsRevision` renews it. */
  readonly rotates: boolean;
  /** What a generated value starts with. */
  readonly prefix?: string;
}

/** LiteLLM accepts a master key only if it starts like this. */
export const masterKey: Secret = {
  name: 'litellm-master-key',
  origin: 'generated',
  rotates: true,
  prefix: 'sk-',
};
/** Encrypts what LiteLLM stores in its database: with another one, nothing stored can be read again. */
export const saltKey: Secret = {
  name: 'litellm-salt-key',
  origin: 'generated',
  rotates: false,
  prefix: 'sk-',
};
export const databasePassword: Secret = { name: 'database-password', origin: 'generated', rotates: true };
export const redisPassword: Secret = { name: 'redis-password', origin: 'redis', rotates: true };
export const azureOpenAiKey: Secret = { name: 'azure-openai-key', origin: 'azure-openai', rotates: true };

/** Every secret that the gateway needs, and no other: a service with Entra authentication needs none. */
export function listSecrets({ postgres, redis, azureOpenAi, catalogue, extensions }: Settings): Secret[] {
  const given = [
    ...Object.values(catalogue.providers).map(({ apiKeySecret }) => apiKeySecret),
    ...Object.values(extensions.mcpServers).flatMap(({ auth }) => auth?.secret ?? []),
    ...extensions.guardrails.flatMap(({ apiKeySecret }) => apiKeySecret ?? []),
    ...extensions.secrets,
  ];
  return [
    masterKey,
    saltKey,
    ...(postgres.authentication === 'password' ? [databasePassword] : []),
    ...(redis.authentication === 'access-key' ? [redisPassword] : []),
    ...(azureOpenAi?.authentication === 'key' ? [azureOpenAiKey] : []),
    ...[...new Set(given)].map(name => ({ name, origin: 'variable', rotates: true }) as const),
  ];
}
