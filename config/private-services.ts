/** @param target the name that Private Link's alias leads to, where it is not the public one */
function service(subresource: string, suffix: string, target = suffix) {
  return { subresource, suffix, zone: `privatelink.${target}` };
}

/**
 * The services that the gateway reaches by private endpoints: what an endpoint connects to, the public suffix that clients
 * ask for, and the private zone that it resolves in (https://learn.microsoft.com/azure/private-link/private-endpoint-dns).
 */
export const privateServices = {
  postgres: service('postgresqlServer', 'postgres.database.azure.com'),
  redis: service('redisEnterprise', 'redis.azure.net'),
  registry: service('registry', 'azurecr.io'),
  keyVault: service('vault', 'vault.azure.net', 'vaultcore.azure.net'),
  azureOpenAi: service('account', 'openai.azure.com'),
} as const;
