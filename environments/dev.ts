import { openCodeGo, openCodeGoAnthropic, openCodeZen } from '../catalogue/opencode';
import type { EnvironmentFile } from '../config/settings';

/** A small gateway to try things on, deployed from a laptop whose address keyVault.allowedIpRanges names, and thrown away. */
const dev: EnvironmentFile = {
  class: 'development',
  organization: 'example',
  location: 'eastus2',
  host: 'llm-dev.example.com',
  deletionProtection: false,
  cluster: {
    systemPool: { minCount: 1, maxCount: 2 },
    userPool: { minCount: 1, maxCount: 3 },
    // Reached from laptops: Entra guards it; name your addresses in authorizedIpRanges.
    privateCluster: false,
    // Priced per vCore; prod has it.
    defender: false,
  },
  postgres: { sku: 'B_Standard_B1ms', backupRetentionDays: 7 },
  redis: { sku: 'Balanced_B0', highAvailability: false },
  // Deleted environments free their names the same day.
  keyVault: { purgeProtection: false, softDeleteRetentionDays: 7 },
  azureOpenAi: { deployments: [{ name: 'gpt-5.6-terra', model: 'gpt-5.6-terra', version: '2026-07-09' }] },
  catalogue: {
    providers: { openCodeZen, openCodeGo, openCodeGoAnthropic },
    aliases: { 'azure-gpt-4o': 'azure-gpt-5.6-terra' },
  },
  gateway: {
    replicas: { min: 2, max: 3 },
    // B1ms has 35 connections for users; a rollout has four pods, and the ones that drain.
    database: { connectionPoolLimit: 4 },
    resources: { requests: { cpu: '500m', memory: '2Gi' }, limits: { cpu: '1', memory: '2Gi' } },
  },
  ingress: { acme: { email: 'platform@example.com' } },
};

export default dev;
