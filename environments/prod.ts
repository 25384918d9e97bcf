import { openCodeGo, openCodeGoAnthropic } from '../catalogue/opencode';
import type { EnvironmentFile } from '../config/settings';

/** Hardened: zones, standbys, long backups, no public control plane. Deploy it from inside the network. */
const prod: EnvironmentFile = {
  organization: 'example',
  location: 'eastus2',
  host: 'llm.example.com',
  // The group of the people and pipelines that deploy: az ad group show --group … --query id.
  administrators: ['00000000-0000-0000-0000-000000000000'],
  tags: { 'data-classification': 'confidential' },
  terraform: { backend: 'azurerm', resourceGroup: 'rg-terraform', storageAccount: 'stexampletfstate' },
  cluster: {
    systemPool: { vmSize: 'Standard_D4ds_v5', osDiskType: 'Ephemeral', minCount: 3, maxCount: 5 },
    userPool: { vmSize: 'Standard_D4ds_v5', osDiskType: 'Ephemeral', minCount: 3, maxCount: 6 },
    hostEncryption: true,
  },
  postgres: { highAvailability: 'ZoneRedundant', backupRetentionDays: 35, geoRedundantBackup: true },
  redis: { sku: 'Balanced_B5' },
  azureOpenAi: {
    deployments: [
      { name: 'gpt-5.6-terra', model: 'gpt-5.6-terra', version: '2026-07-09', capacity: 200 },
      // Another quota, for when the first is used up: of the data zone, which the prompts do not leave.
      {
        name: 'gpt-5.6-terra-zone',
        model: 'gpt-5.6-terra',
        version: '2026-07-09',
        sku: 'DataZoneStandard',
        capacity: 100,
      },
    ],
  },
  // Who is called when it breaks; the group of a pager goes into actionGroupIds.
  monitoring: { alerts: { emails: ['platform@example.com'] } },
  catalogue: {
    providers: { openCodeGo, openCodeGoAnthropic },
    aliases: { 'azure-gpt-4o': 'azure-gpt-5.6-terra' },
    fallbacks: { 'azure-gpt-5.6-terra': ['azure-gpt-5.6-terra-zone'] },
  },
  gateway: { replicas: { min: 3, max: 10 } },
  ingress: { acme: { email: 'platform@example.com' } },
};

export default prod;
