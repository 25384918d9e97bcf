import { ports } from '../../config/endpoints';

interface PrivateService {
  readonly zone: string;
  readonly port: number;
  readonly variables: readonly string[];
}

/** The one service that what helps the gateway calls, too. */
export const DATABASE = 'postgresqlServer';

/**
 * The zone that Azure resolves each kind of endpoint in (learn.microsoft.com/azure/private-link/private-endpoint-dns),
 * its port, and the variables by which a container of ours knows it. Said again, on purpose: a check that shares its
 * facts with what it checks finds nothing.
 */
export const SERVICES: Readonly<Record<string, PrivateService>> = {
  [DATABASE]: {
    zone: 'privatelink.postgres.database.azure.com',
    port: ports.postgres,
    variables: ['DATABASE_HOST', 'DATABASE_URL'],
  },
  redisEnterprise: { zone: 'privatelink.redis.azure.net', port: ports.redis, variables: ['REDIS_HOST'] },
  account: { zone: 'privatelink.openai.azure.com', port: ports.https, variables: ['AZURE_OPENAI_ENDPOINT'] },
  // Called by the node's kubelet and by the node's CSI driver, which no NetworkPolicy holds.
  registry: { zone: 'privatelink.azurecr.io', port: ports.https, variables: [] },
  vault: { zone: 'privatelink.vaultcore.azure.net', port: ports.https, variables: [] },
};
