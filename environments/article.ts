import { articleProviders } from '../catalogue/article';
import type { EnvironmentFile } from '../config/settings';

/**
 * The gateway of the article "Running LiteLLM on AKS with azd and Bicep", number for number. Where it is laxer than
 * this project's defaults, the line says so.
 */
const article: EnvironmentFile = {
  // The article says production, and its database, cache, backups and vault are what Azure advises for development.
  class: 'development',
  organization: 'example',
  location: 'australiaeast',
  host: 'litellm.headinthecloud.co.nz',
  // The article tears its resource group down with `azd down --purge`.
  deletionProtection: false,
  names: { resourceGroup: 'rg-llm', cluster: 'aks-llm' },
  network: { natGateway: 'Standard' },
  cluster: {
    systemPool: { vmSize: 'Standard_D4s_v3', minCount: 1 },
    userPool: { vmSize: 'Standard_D4s_v3', minCount: 2 },
    networkPolicy: 'azure',
    // Laxer than our defaults: the article's cluster is reached from anywhere, and Defender is not mentioned.
    privateCluster: false,
    defender: false,
  },
  // Not mentioned in the article either.
  monitoring: { podLogs: false },
  postgres: {
    sku: 'B_Standard_B2ms',
    backupRetentionDays: 7,
    authentication: 'password',
    sslMode: 'require',
  },
  redis: { sku: 'Balanced_B0', highAvailability: false, authentication: 'access-key' },
  keyVault: { purgeProtection: false, softDeleteRetentionDays: 7 },
  azureOpenAi: {
    authentication: 'key',
    apiVersion: '2024-10-21',
    deployments: [{ name: 'gpt-4o', model: 'gpt-4o', version: '2024-11-20' }],
  },
  catalogue: { providers: articleProviders },
  gateway: {
    // "with 3 replicas and 4 workers each that's 120 total connections"
    workers: 4,
    resources: { requests: { memory: '6Gi' }, limits: { cpu: '2', memory: '8Gi' } },
    autoscaling: { memory: 80 },
    // Not mentioned: the article keeps every request's row for ever.
    database: { allowRequestsWhenUnavailable: true, spendLogRetentionDays: null },
  },
  ingress: {
    acme: { email: 'platform@headinthecloud.co.nz' },
    // Laxer than our defaults: the article logs in to the UI, and reads /metrics, through the public host.
    expose: { adminUi: true, metrics: true, apiDocs: true },
  },
};

export default article;
